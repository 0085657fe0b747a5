// At the end of the calm phase fewer workers were alive than at the start.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> shrunk(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (!index.began(Phase::calm)) return std::nullopt;
  Finding finding{.kind = FindingKind::shrunk};
  for (const Vacancy* vacancy : never_filled(evidence)) {
    const WorkerRecord& worker = index.workers[vacancy->worker];
    add_example(finding, worker.pid,
                fmt::format("worker {}, gone at {}{}, had no successor by {}", worker.pid,
                            seconds(vacancy->since), vacancy->fault ? "" : " by itself",
                            seconds(index.work_ended_at())));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation = fmt::format(
      "{} of {} alive at the end of the calm phase, in which nothing was killed.",
      evidence.strength.at_end,
      evidence.strength.at_start == 1 ? "1 worker was"
                                      : fmt::format("{} workers were", evidence.strength.at_start));
  return finding;
}

}  // namespace revenant::chaos::checkers
