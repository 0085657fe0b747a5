// Tasks that were done more often than once, or never although they have a result.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> executions(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  const bool at_most = index.run.executions == "at-most-once";
  if (!at_most && index.run.executions != "at-least-once") return std::nullopt;
  Finding finding{.kind = FindingKind::executions};
  for (const TaskRecord& task : index.tasks) {
    const auto recorded = index.executions.find(task.id);
    const std::uint32_t times = recorded == index.executions.end() ? 0 : recorded->second;
    const bool wrong = at_most ? times > 1 : times == 0 && task.state == TaskState::result;
    if (!wrong) continue;
    add_example(finding, static_cast<std::int64_t>(task.id),
                fmt::format("task {} was done {}, given at {}", task.id, counted(times, "time"),
                            seconds(task.submitted)));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation =
      at_most ? fmt::format("{} of {} were done more than once; the claim is at most once.",
                            grouped(finding.count), counted(index.tasks.size(), "task"))
              : fmt::format("{} of {} have a result and were never done.", grouped(finding.count),
                            counted(index.tasks.size(), "task"));
  return finding;
}

}  // namespace revenant::chaos::checkers
