// A SIGKILL that the harness did not send: usually the kernel, out of memory. What it did to the
// run is not the target's doing.
#include <fmt/format.h>

#include <algorithm>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

// When the harness killed the main process. What dies after that dies of it: the target's own
// processes may see to it that nothing is left.
std::optional<Nanos> main_was_killed(const HistoryIndex& index) {
  for (const InstalledFault& fault : index.faults) {
    if (fault.is_of_main()) return fault.sent;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> external_kill(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  Finding finding{.kind = FindingKind::external_kill};
  if (evidence.target_end == TargetEnd::killed_by_other) {
    add_example(finding, 0, fmt::format("the main process, at {}", seconds(index.exited_at)));
  }
  const Nanos end =
      std::min(index.work_ended_at(), main_was_killed(index).value_or(index.work_ended_at()));
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
