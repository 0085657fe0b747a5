#include "pool/target/complaints.h"

#include <cstdio>
#include <string>

#include "pool/target/utf8.h"

namespace revenant::target {

void Complaints::about_line(std::uint64_t number, std::string_view why) {
  ++count_;
  if (count_ > kShownMax + 1) return;
  std::string message = "revenant pool: input line " + std::to_string(number) + ": ";
  if (count_ <= kShownMax) {
    message += valid_utf8(why.substr(0, kMessageBytesMax));
    message += "; passed over\n";
  } else {
    message += "passed over, as will be all others like it: no more of these messages\n";
  }
  std::fputs(message.c_str(), stderr);
}

}  // namespace revenant::target
