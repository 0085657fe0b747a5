// A SIGKILL that the harness did not send: usually the kernel, out of memory. What it did to the
// run is not the target's doing.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> external_kill(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  Finding finding{.kind = FindingKind::external_kill};
  if (evidence.target_end == TargetEnd::killed_by_other) {
    add_example(finding, 0, fmt::format("the main process, at {}", seconds(index.exited_at)));
  }
  const Nanos end = index.work_ended_at();
  for (const WorkerRecord& worker : index.workers) {
    // A pool may kill a worker that was stopped and does not answer; and at its end it may kill
    // all.
    if (worker.because != GoneBecause::killed_by_other || worker.was_stopped) continue;
    if (!worker.gone_at || *worker.gone_at >= end) continue;
    add_example(finding, worker.pid,
                fmt::format("worker {}, at {}", worker.pid, seconds(*worker.gone_at)));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation = fmt::format(
      "{} ended by a SIGKILL that this run did not send: the kernel when memory is short, another "
      "program, or the target itself.",
      finding.count == 1 ? "1 process was" : grouped(finding.count) + " processes were");
  return finding;
}

}  // namespace revenant::chaos::checkers
