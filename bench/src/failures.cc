#include "bench/src/failures.h"

#include <utility>

namespace revenant::bench {
namespace {

std::vector<std::string>& told() {
  static std::vector<std::string> failures;
  return failures;
}

}  // namespace

void fail(benchmark::State& state, const std::string& why) {
  state.SkipWithError(why.c_str());
  told().push_back(why);
}

std::vector<std::string> take_failures() { return std::exchange(told(), {}); }

}  // namespace revenant::bench
