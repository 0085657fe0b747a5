// Lines of the target that are not of the protocol.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> unreadable(const Evidence& evidence) {
  const Oddities& odd = evidence.index.unreadable;
  if (odd.count == 0) return std::nullopt;
  return finding_of(FindingKind::unreadable, odd, "line",
                    fmt::format("{} of the target's standard output {} not of the protocol; a log "
                                "belongs on standard error.",
                                counted(odd.count, "line"), odd.count == 1 ? "is" : "are"));
}

}  // namespace revenant::chaos::checkers
