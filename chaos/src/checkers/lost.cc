// A task without an outcome, although the target went on or ended in good order without it.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> lost(const Evidence& evidence) {
  if (evidence.open_tasks != OpenTasks::lost) return std::nullopt;
  const HistoryIndex& index = evidence.index;
  Finding finding{.kind = FindingKind::lost};
  for (const TaskRecord& task : index.tasks) {
    if (task.state != TaskState::open) continue;
    add_example(finding, static_cast<std::int64_t>(task.id),
                fmt::format("task {} ({}) was given at {} and never heard of again", task.id,
                            index.op_names[task.op], seconds(task.submitted)));
    if (finding.examples.size() == kExamplesMax) break;
  }
  finding.count = index.open();
  finding.explanation = fmt::format(
      "{} of {} got neither a result nor `failed`, although {}.", grouped(index.open()),
      counted(index.tasks.size(), "task"),
      evidence.target_end == TargetEnd::in_good_order
          ? "the target was given the time to finish and ended in good order"
          : fmt::format("{} given later had an outcome", counted(evidence.overtaken_by, "task")));
  return finding;
}

}  // namespace revenant::chaos::checkers
