#include "chaos/src/checkers/blast_radius.h"

#include "chaos/src/checkers/excuses.h"

namespace revenant::chaos {
namespace {

// Tasks that went with a crashed or killed main process, or with the run, are not the faults' cost.
bool counts_open_tasks(const Evidence& evidence) {
  return evidence.open_tasks == OpenTasks::lost || evidence.open_tasks == OpenTasks::stalled ||
         evidence.open_tasks == OpenTasks::without_workers;
}

}  // namespace

BlastRadius measure_blast_radius(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  BlastRadius radius;
  if (index.faults.empty()) return radius;
  Excuses excuses(index);
  const auto harm = [&](const TaskRecord& task, Nanos end) {
    ++radius.harmed;
    if (!excuses.excuse(task, end)) ++radius.innocents;
  };
  // In the order in which it happened: the early ones have the first claim on an excuse.
  if (index.failed > 0) {
    for (const std::uint32_t which : index.outcome_order) {
      const TaskRecord& task = index.tasks[which];
      if (should_not_fail(task)) harm(task, task.outcome_at);
    }
  }
  if (index.open() > 0 && counts_open_tasks(evidence)) {
    for (const TaskRecord& task : index.tasks) {
      if (task.state == TaskState::open && task.has_want) harm(task, index.last_t);
    }
  }
  radius.per_fault =
      static_cast<double>(radius.innocents) / static_cast<double>(index.faults.size());
  return radius;
}

}  // namespace revenant::chaos
