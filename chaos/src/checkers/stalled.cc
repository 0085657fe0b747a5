// Tasks were outstanding and none got an outcome for longer than stall_after; or the target had
// nothing more to do and did not end.
#include <fmt/format.h>

#include <algorithm>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

void add_final_stall(const Evidence& evidence, Finding& finding) {
  const OpenTask& oldest = evidence.never_answered.front();
  add_example(
      finding, static_cast<std::int64_t>(oldest.id),
      fmt::format("{} open from {} to the end of the run; the oldest is task {}, given at {}",
                  counted(evidence.never_answered.size(), "task"),
                  seconds(std::max(evidence.tasks.last_outcome, oldest.submitted)), oldest.id,
                  seconds(oldest.submitted)));
}

}  // namespace

std::optional<Finding> stalled(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  Finding finding{.kind = FindingKind::stalled};
  for (const Quiet& quiet : evidence.quiets) {
    if (!is_stall(evidence, quiet)) continue;
    add_example(
        finding, static_cast<std::int64_t>(quiet.ended_by),
        fmt::format("no outcome from {} to {} with {} open; task {} ended it", seconds(quiet.from),
                    seconds(quiet.to), counted(quiet.open, "task"), quiet.ended_by));
  }
  if (evidence.open_tasks == OpenTasks::stalled) add_final_stall(evidence, finding);
  if (finding.count > 0) {
    finding.explanation = fmt::format(
        "While tasks were outstanding the target gave no outcome for longer than {}: {}.",
        duration(index.run.stall_after + index.run.task_time), counted(finding.count, "time"));
    return finding;
  }
  if (evidence.target_end == TargetEnd::had_to_be_stopped && index.is_complete() &&
      evidence.open_tasks == OpenTasks::none && index.began(Phase::calm)) {
    add_example(finding, 0, fmt::format("the harness ended it at {}", seconds(index.exited_at)));
    finding.explanation =
        index.run.without_protocol.empty()
            ? "Every task had its outcome and the input had ended, but the target did not end."
            : "The target did not end on SIGTERM.";
    return finding;
  }
  return std::nullopt;
}

}  // namespace revenant::chaos::checkers
