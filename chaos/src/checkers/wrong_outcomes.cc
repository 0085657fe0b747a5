// Outcomes that should not have come, or not so: duplicated, corrupted, unexpected.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> duplicated(const Evidence& evidence) {
  const Oddities& odd = evidence.tasks.ledger.duplicated;
  if (odd.count == 0) return std::nullopt;
  return finding_of(FindingKind::duplicated, odd, "task",
                    fmt::format("{} came for tasks that had their result already.",
                                counted(odd.count, "result")));
}

std::optional<Finding> corrupted(const Evidence& evidence) {
  const Oddities& odd = evidence.tasks.ledger.corrupted;
  if (odd.count == 0) return std::nullopt;
  return finding_of(FindingKind::corrupted, odd, "task",
                    fmt::format("{} of {} had a wrong value.", grouped(odd.count),
                                counted(evidence.tasks.ledger.results(), "result")));
}

std::optional<Finding> unexpected(const Evidence& evidence) {
  const Oddities& odd = evidence.tasks.ledger.unexpected;
  if (odd.count == 0) return std::nullopt;
  return finding_of(FindingKind::unexpected, odd, "task",
                    fmt::format("{} came for tasks that were never given, or that had ended "
                                "otherwise already.",
                                counted(odd.count, "outcome")));
}

}  // namespace revenant::chaos::checkers
