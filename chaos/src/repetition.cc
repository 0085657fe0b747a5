#include "chaos/src/repetition.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "chaos/src/shrink.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

using Clock = std::chrono::steady_clock;

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
RunOptions with_tasks(const RunOptions& options, std::uint64_t tasks) {
  RunOptions fewer = options;
  const double share = static_cast<double>(tasks) / static_cast<double>(options.tasks);
  fewer.tasks = tasks;
  for (ScriptedFault& fault : fewer.script) {
    fault.outcomes = static_cast<std::uint64_t>(static_cast<double>(fault.outcomes) * share);
  }
  return fewer;
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
  options.script = run.script;
  options.duration.reset();
  options.tasks = std::max<std::uint64_t>(run.tasks, 1);
  options.faults_min = 0;
  options.out = run.folder + "/repetitions";
  options.name = "repetition";
  options.progress = false;
  return options;
}

Shown repeat_once(const RunOptions& options, const std::string& finding) {
  const RunResult result = run(options);
  std::error_code ignored;
  std::filesystem::remove_all(result.run_folder, ignored);
  if (result.ended == "interrupted") return Shown::interrupted;
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
