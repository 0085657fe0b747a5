#include "chaos/src/protocol_task.h"

#include <array>
#include <charconv>

namespace revenant::chaos {
void append_task(std::string& out, std::uint64_t id, std::string_view operation,
                 std::string_view argument) {
  std::array<char, 20> digits;
  const auto printed = std::to_chars(digits.data(), digits.data() + digits.size(), id);
  out += R"({"type":"task","id":)";
  out.append(digits.data(), printed.ptr);
  out += R"(,"op":")";
  out += operation;
  out += R"(","arg":)";
  out += argument;
  out += "}\n";
}

}  // namespace revenant::chaos
