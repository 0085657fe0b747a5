#include "chaos/src/checkers/blast_radius.h"

#include "chaos/src/checkers/excuses.h"
#include "chaos/src/checkers/failures.h"

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
  const Failures& failures = evidence.tasks.failures;
  BlastRadius radius;
  if (index.faults.empty()) return radius;
  radius.harmed = failures.all().count;
  radius.innocents = failures.innocent().count;
  if (counts_open_tasks(evidence)) {
    Excuses excuses = failures.excuses();
    for (const OpenTask& task : evidence.never_answered) {
      if (!task.want) continue;
      ++radius.harmed;
      if (!excuses.excuse(-1, task.submitted, index.last_t)) ++radius.innocents;
    }
  }
  radius.per_fault =
      static_cast<double>(radius.innocents) / static_cast<double>(index.faults.size());
  return radius;
}

}  // namespace revenant::chaos
