// A task that kills every worker that takes it was not given up: it has no outcome.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> poison(const Evidence& evidence) {
  if (evidence.open_tasks != OpenTasks::poison) return std::nullopt;
  const HistoryIndex& index = evidence.index;
  Finding finding{.kind = FindingKind::poison};
  for (const OpenTask& task : evidence.never_answered) {
    add_example(finding, static_cast<std::int64_t>(task.id),
                fmt::format("task {} ({}), given at {}, was still being tried, or forgotten, at {}",
                            task.id, evidence.tasks.ledger.name_of(task.op),
                            seconds(task.submitted), seconds(index.work_ended_at())));
  }
  finding.explanation =
      fmt::format("Of the tasks that end their workers {} never given up as `failed`; {} died.",
                  counted(finding.count, "was", "were"), counted(index.workers_died(), "worker"));
  return finding;
}

}  // namespace revenant::chaos::checkers
