#include "chaos/src/repetition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>

#include "chaos/src/phases.h"
#include "chaos/src/without_protocol.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

constexpr std::chrono::milliseconds kNoTime{0};

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

}  // namespace revenant::chaos
