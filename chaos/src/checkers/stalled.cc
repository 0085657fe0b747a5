// Tasks were outstanding and none got an outcome for longer than stall_after; or the target had
// nothing more to do and did not end.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

void add_final_stall(const HistoryIndex& index, Finding& finding) {
  const Nanos since =
      index.outcome_order.empty() ? 0 : index.tasks[index.outcome_order.back()].outcome_at;
  for (const TaskRecord& task : index.tasks) {
    if (task.state != TaskState::open) continue;
    add_example(finding, static_cast<std::int64_t>(task.id),
                fmt::format("{} open from {} to the end of the run; the oldest is task {}, given "
                            "at {}",
                            counted(index.open(), "task"), seconds(std::max(since, task.submitted)),
                            task.id, seconds(task.submitted)));
    return;
  }
}

}  // namespace

std::optional<Finding> stalled(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  Finding finding{.kind = FindingKind::stalled};
  for (const Quiet& quiet : evidence.quiets) {
    if (!is_stall(evidence, quiet)) continue;
    const TaskRecord& task = index.tasks[quiet.ended_by];
    add_example(
        finding, static_cast<std::int64_t>(task.id),
        fmt::format("no outcome from {} to {} with {} open; task {} ended it", seconds(quiet.from),
                    seconds(quiet.to), counted(quiet.open, "task"), task.id));
  }
  if (evidence.open_tasks == OpenTasks::stalled) add_final_stall(index, finding);
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
