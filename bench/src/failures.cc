#include "bench/src/failures.h"

#include <set>
#include <utility>

namespace revenant::bench {
namespace {

std::vector<std::string>& told() {
  static std::vector<std::string> failures;
  return failures;
}

std::set<std::string>& failed_names() {
  static std::set<std::string> names;
  return names;
}

std::string& current_name() {
  static std::string name;
  return name;
}

}  // namespace

NameForFailures::NameForFailures(std::string name) { current_name() = std::move(name); }

NameForFailures::~NameForFailures() { current_name().clear(); }

namespace {

void end_with_error_row(benchmark::State& state, const std::string& why) {
  state.SkipWithError(why.c_str());
  // Where the loop has not begun the library would count no iterations, and where others of the
  // benchmark's repetitions are good it aborts when it finds their numbers of iterations unequal.
  // Begun after an error, the loop ends at once and counts as whole.
  static_cast<void>(state.KeepRunning());
}

}  // namespace

void fail(benchmark::State& state, const std::string& why) {
  end_with_error_row(state, why);
  failed_names().insert(current_name());
  told().push_back(current_name() + ": " + why);
}

bool skip_after_failure(benchmark::State& state) {
  if (!failed_names().contains(current_name())) return false;
  end_with_error_row(state, "an earlier repetition ended in an error");
  return true;
}

std::vector<std::string> take_failures() { return std::exchange(told(), {}); }

}  // namespace revenant::bench
