#include "chaos/src/repetition.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <system_error>

#include "chaos/src/phases.h"
#include "chaos/src/shrink.h"
#include "chaos/src/without_protocol.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kNoTime{0};
constexpr std::chrono::milliseconds kShortestRun{500};

bool still_shows(const RunOptions& options, const std::string& finding, ShrinkLimits& limits) {
  for (unsigned i = 0; i < limits.tries; ++i) {
    if (Clock::now() >= limits.until) return false;
    const Shown shown = repeat_once(options, finding);
    if (shown == Shown::interrupted) {
      limits.until = Clock::now();
      return false;
    }
    const bool there = shown == Shown::finding;
    if (there != limits.all_fail) return there;  // decided
  }
  return limits.all_fail;
}

// The same faults in a run of fewer tasks: at the same part of it.
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

}  // namespace

RunOptions repetition_of(const RecordedRun& run) {
  RunOptions options = run.options;
  if (has_no_tasks(options)) {
    options.faults_max = std::max<std::uint64_t>(run.script.size(), 1);
  } else {
    options.script = run.script;
    // Without a script, and where shrinking leaves none, there are no faults.
    options.schedules = {Schedule{}};
    options.faults_max = 0;
    options.duration.reset();
    options.tasks = std::max<std::uint64_t>(run.tasks, 1);
  }
  options.faults_min = 0;
  options.out = run.folder + "/repetitions";
  options.name = "repetition";
  options.progress = false;
  return options;
}

RunOptions with_tasks(const RunOptions& repetition, std::uint64_t tasks) {
  RunOptions fewer = repetition;
  const double share = static_cast<double>(tasks) / static_cast<double>(repetition.tasks);
  fewer.tasks = tasks;
  for (ScriptedFault& fault : fewer.script) {
    // Rounded up: what came while there were tasks does not come before the first is given.
    fault.outcomes =
        static_cast<std::uint64_t>(std::ceil(static_cast<double>(fault.outcomes) * share));
  }
  return fewer;
}

std::string size_of(const RunOptions& repetition) {
  const std::uint64_t faults =
      has_no_tasks(repetition) ? repetition.faults_max.value_or(0) : repetition.script.size();
  const std::string text = fmt::format("{} fault{}, ", faults, faults == 1 ? "" : "s");
  if (!has_no_tasks(repetition)) return text + fmt::format("{} tasks", repetition.tasks);
  const std::chrono::duration<double> time = repetition.duration.value_or(kNoTime);
  return text + fmt::format("{} s", time.count());
}

Shown repeat_once(const RunOptions& options, const std::string& finding) {
  const RunResult result = run(options);
  std::error_code ignored;
  std::filesystem::remove_all(result.run_folder, ignored);
  if (result.ended == kInterrupted) return Shown::interrupted;
  const bool there =
      std::any_of(result.verdict.findings.begin(), result.verdict.findings.end(),
                  [&](const Finding& found) { return to_string(found.kind) == finding; });
  return there ? Shown::finding : Shown::something_else;
}

RunOptions shrink_run(RunOptions start, const std::string& finding, ShrinkLimits limits,
                      const ShrinkProgress& progress) {
  RunOptions best = std::move(start);
  const auto try_one = [&](RunOptions candidate) {
    if (!still_shows(candidate, finding, limits)) return false;
    best = std::move(candidate);
    progress(best);
    return true;
  };
  if (has_no_tasks(best)) {
    while (*best.faults_max > 1 && try_one(with_faults(best, *best.faults_max / 2))) {
    }
    while (best.duration.value_or(kNoTime) > kShortestRun && try_one(with_half_the_time(best))) {
    }
    return best;
  }
  const auto shrink_script = [&] {
    const auto script =
        shrink_list<ScriptedFault>(best.script, [&](const std::vector<ScriptedFault>& candidate) {
          RunOptions options = best;
          options.script = candidate;
          return try_one(std::move(options));
        });
    best.script = script;
  };
  shrink_script();
  while (best.tasks > 4 && try_one(with_tasks(best, best.tasks / 2))) {
  }
  // Fewer tasks may need fewer faults.
  shrink_script();
  if (std::string* const workers = workers_argument(best)) {
    unsigned now = 0;
    std::from_chars(workers->data(), workers->data() + workers->size(), now);
    for (unsigned fewer = 1; fewer < now; ++fewer) {
      RunOptions candidate = best;
      *workers_argument(candidate) = std::to_string(fewer);
      if (try_one(std::move(candidate))) break;
    }
  }
  return best;
}

}  // namespace revenant::chaos
