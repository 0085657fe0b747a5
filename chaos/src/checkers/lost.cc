// A task without an outcome, although the target went on or ended in good order without it.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> lost(const Evidence& evidence) {
  if (evidence.open_tasks != OpenTasks::lost) return std::nullopt;
  const TaskLedger& ledger = evidence.tasks.ledger;
  Finding finding{.kind = FindingKind::lost};
  for (const OpenTask& task : evidence.never_answered) {
    add_example(finding, static_cast<std::int64_t>(task.id),
                fmt::format("task {} ({}) was given at {} and never heard of again", task.id,
                            ledger.name_of(task.op), seconds(task.submitted)));
  }
  finding.explanation = fmt::format(
      "{} of {} got neither a result nor `failed`, although {}.", grouped(finding.count),
      counted(ledger.given(), "task"),
      evidence.target_end == TargetEnd::in_good_order
          ? "the target was given the time to finish and ended in good order"
          : fmt::format("{} given later had an outcome", counted(evidence.overtaken_by, "task")));
  return finding;
}

}  // namespace revenant::chaos::checkers
