// A std::future for every task; what goes wrong arrives as an exception.
#include "revenant/futures.h"

#include <cstdio>
#include <stdexcept>
#include <string>

int main() {
  const auto reverse = [](std::string_view text) {
    if (text.empty()) throw std::invalid_argument("nothing to reverse");
    return std::string(text.rbegin(), text.rend());
  };
  revenant::Futures futures{revenant::Pool(reverse, {.workers = 2})};

  std::future<std::string> word = futures.submit("revenant");
  std::future<std::string> nothing = futures.submit("");

  // The pool has no thread of its own: wait() drives it until the future is ready.
  if (!futures.wait(word) || !futures.wait(nothing)) return 1;
  const std::string reversed = word.get();
  std::printf("%s\n", reversed.c_str());
  try {
    nothing.get();
    return 1;
  } catch (const revenant::TaskFailed& failed) {
    std::printf("failed after %u attempt: %s\n", failed.attempts(), failed.what());
    return reversed == "tnanever" && failed.reason() == revenant::Reason::threw ? 0 : 1;
  }
}
