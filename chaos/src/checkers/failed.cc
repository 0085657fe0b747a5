// `failed`: any task that the target gave up. `innocent-failed`: one that was on no killed worker.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/excuses.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

std::string story(const HistoryIndex& index, const TaskRecord& task, const char* end) {
  const std::string worker = task.worker > 0 ? fmt::format(" on worker {}", task.worker) : "";
  return fmt::format("task {} ({}), given at {}, failed at {}{}{}", task.id,
                     index.op_names[task.op], seconds(task.submitted), seconds(task.outcome_at),
                     worker, end);
}

}  // namespace

std::optional<Finding> failed(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (index.failed == 0) return std::nullopt;
  Finding finding{.kind = FindingKind::failed};
  for (const std::uint32_t which : index.outcome_order) {
    const TaskRecord& task = index.tasks[which];
    if (!should_not_fail(task)) continue;
    add_example(finding, static_cast<std::int64_t>(task.id), story(index, task, ""));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation =
      fmt::format("{} of {} came back as `failed`; the claim is that each gets its result.",
                  grouped(finding.count), counted(index.tasks.size(), "task"));
  return finding;
}

std::optional<Finding> innocent_failed(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (index.failed == 0) return std::nullopt;
  Excuses excuses(index);
  Finding finding{.kind = FindingKind::innocent_failed};
  for (const std::uint32_t which : index.outcome_order) {
    const TaskRecord& task = index.tasks[which];
    if (!should_not_fail(task) || excuses.excuse(task, task.outcome_at)) continue;
    add_example(
        finding, static_cast<std::int64_t>(task.id),
        story(index, task,
              task.worker > 0 ? ", which no fault had hit" : " with no victim left to excuse it"));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation =
      fmt::format("{} of {} that failed had not been on a worker that a fault had hit.",
                  grouped(finding.count), counted(index.failed, "task"));
  return finding;
}

}  // namespace revenant::chaos::checkers
