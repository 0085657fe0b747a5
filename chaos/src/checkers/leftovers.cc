// What of the target's tree was there where nothing should be: orphan and zombie.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> orphan(const Evidence& evidence) {
  const Oddities& odd = evidence.index.living_leftovers;
  if (odd.count == 0) return std::nullopt;
  return finding_of(FindingKind::orphan, odd, "process",
                    fmt::format("{} of the target's tree outlived {}.",
                                counted(odd.count, "process", "processes"),
                                evidence.index.exited ? "its main process" : "its parent"));
}

std::optional<Finding> zombie(const Evidence& evidence) {
  const Oddities& odd = evidence.index.zombie_leftovers;
  if (odd.count == 0) return std::nullopt;
  return finding_of(FindingKind::zombie, odd, "process",
                    fmt::format("{} had ended and been left unreaped by a living parent.",
                                counted(odd.count, "process", "processes")));
}

}  // namespace revenant::chaos::checkers
