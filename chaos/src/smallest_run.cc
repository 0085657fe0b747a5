#include "chaos/src/smallest_run.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

#include "chaos/src/repetition.h"
#include "chaos/src/shrink.h"
#include "chaos/src/without_protocol.h"

namespace revenant::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kNoTime{0};
constexpr milliseconds kShortestRun{500};
constexpr std::uint64_t kTasksMin = 4;

RunOptions with_faults(RunOptions options, std::uint64_t faults) {
  options.faults_max = faults;
  return options;
}

RunOptions with_half_the_time(RunOptions options) {
  options.duration = *options.duration / 2;
  return options;
}

// Where the target says --workers N, in its own command line.
std::string* workers_argument(RunOptions& options) {
  const auto found = std::find(options.command.begin(), options.command.end(), "--workers");
  if (found == options.command.end() || std::next(found) == options.command.end()) return nullptr;
  return &*std::next(found);
}

class Search {
 public:
  Search(const RunOptions& start, const std::string& finding, ShrinkLimits limits,
         const ShrinkProgress& progress)
      : start_(start), finding_(finding), limits_(limits), progress_(progress) {}

  bool comes_back();
  void shrink();
  [[nodiscard]] RunOptions confirmed();
  [[nodiscard]] unsigned tried() const noexcept { return tried_; }

 private:
  bool still_shows(const RunOptions& options);
  bool try_one(RunOptions candidate);
  void shrink_faults();
  void shrink_time();
  void shrink_workers();
  [[nodiscard]] const RunOptions& best() const { return found_.back(); }
  [[nodiscard]] bool is_over() const { return Clock::now() >= limits_.until; }

  const RunOptions& start_;
  const std::string& finding_;
  ShrinkLimits limits_;
  const ShrinkProgress& progress_;
  unsigned tried_ = 0;
  bool all_fail_ = true;           // all tries of a candidate have to, else one of them
  std::vector<RunOptions> found_;  // each smaller than the one before; the first is the whole
};

bool Search::still_shows(const RunOptions& options) {
  for (unsigned i = 0; i < limits_.tries; ++i) {
    if (is_over()) return false;
    const Shown shown = repeat_once(options, finding_);
    if (shown == Shown::interrupted) {
      limits_.until = Clock::now();
      return false;
    }
    const bool there = shown == Shown::finding;
    if (there != all_fail_) return there;  // decided
  }
  return all_fail_;
}

// The first in which it comes back at all: as it was, if it needs the whole time.
bool Search::comes_back() {
  for (const RunOptions& whole : {in_a_hurry(start_, finding_), start_}) {
    unsigned back = 0;
    unsigned runs = 0;
    for (; runs < limits_.tries && !is_over(); ++runs) {
      const Shown shown = repeat_once(whole, finding_);
      if (shown == Shown::interrupted) limits_.until = Clock::now();
      if (shown == Shown::finding) ++back;
    }
    tried_ += runs;
    all_fail_ = back == runs;
    if (back > 0) {
      found_.push_back(whole);
      progress_(whole);
      return true;
    }
    if (whole.stall_after == start_.stall_after) return false;
  }
  return false;
}

bool Search::try_one(RunOptions candidate) {
  if (!still_shows(candidate)) return false;
  found_.push_back(std::move(candidate));
  progress_(best());
  return true;
}

void Search::shrink_faults() {
  const std::vector<ScriptedFault> script = best().script;
  static_cast<void>(
      shrink_list<ScriptedFault>(script, [&](const std::vector<ScriptedFault>& candidate) {
        RunOptions options = best();
        options.script = candidate;
        return try_one(std::move(options));
      }));
}

// Without tasks nothing counts but the clock.
void Search::shrink_time() {
  while (*best().faults_max > 1 && try_one(with_faults(best(), *best().faults_max / 2))) {
  }
  while (best().duration.value_or(kNoTime) > kShortestRun && try_one(with_half_the_time(best()))) {
  }
}

void Search::shrink_workers() {
  RunOptions candidate = best();
  std::string* const workers = workers_argument(candidate);
  if (workers == nullptr) return;
  unsigned now = 0;
  std::from_chars(workers->data(), workers->data() + workers->size(), now);
  for (unsigned fewer = 1; fewer < now; ++fewer) {
    *workers = std::to_string(fewer);
    if (try_one(candidate)) return;
  }
}

void Search::shrink() {
  // The end belongs to the confirmation, a run that waits as long as the recorded one.
  constexpr milliseconds kRun{2000};
  if (best().stall_after < start_.stall_after) limits_.until -= start_.stall_after + kRun;
  if (has_no_tasks(start_)) return shrink_time();
  shrink_faults();
  while (best().tasks > kTasksMin && try_one(with_tasks(best(), best().tasks / 2))) {
  }
  shrink_faults();  // fewer tasks may need fewer faults
  shrink_workers();
}

// What was found in a hurry has to show the finding at leisure too.
RunOptions Search::confirmed() {
  if (best().stall_after == start_.stall_after) return best();
  while (found_.size() > 1) {
    RunOptions patient = best();
    patient.stall_after = start_.stall_after;
    if (repeat_once(patient, finding_) != Shown::something_else) return patient;
    found_.pop_back();
  }
  return start_;
}

}  // namespace

RunOptions in_a_hurry(RunOptions options, const std::string& finding) {
  constexpr milliseconds kLeast{500};
  constexpr int kShare = 10;
  if (finding != "lost" && finding != "poison") return options;
  options.stall_after =
      std::min(options.stall_after, std::max(kLeast, options.stall_after / kShare));
  return options;
}

Smallest smallest_run(const RunOptions& start, const std::string& finding, ShrinkLimits limits,
                      const ShrinkProgress& progress) {
  Search search(start, finding, limits, progress);
  if (!search.comes_back()) return {.tried = search.tried()};
  search.shrink();
  return {search.confirmed(), search.tried()};
}

}  // namespace revenant::chaos
