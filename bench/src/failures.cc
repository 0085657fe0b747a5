#include "bench/src/failures.h"

#include <utility>

namespace revenant::bench {
namespace {

std::vector<std::string>& told() {
  static std::vector<std::string> failures;
  return failures;
}

std::string& current_name() {
  static std::string name;
  return name;
}

}  // namespace

NameForFailures::NameForFailures(std::string name) { current_name() = std::move(name); }

NameForFailures::~NameForFailures() { current_name().clear(); }

void fail(benchmark::State& state, const std::string& why) {
  state.SkipWithError(why.c_str());
  // Where the loop has not begun the library would count no iterations, and where others of the
  // benchmark's repetitions are good it aborts when it finds their numbers of iterations unequal.
  // Begun after an error, the loop ends at once and counts as whole.
  static_cast<void>(state.KeepRunning());
  told().push_back(current_name() + ": " + why);
}

std::vector<std::string> take_failures() { return std::exchange(told(), {}); }

}  // namespace revenant::bench
