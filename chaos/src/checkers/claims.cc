#include "chaos/src/checkers/claims.h"

namespace revenant::chaos {

bool demands(Claim claim, FindingKind kind) noexcept {
  switch (kind) {
    // A run that proves nothing proves nothing under any claim.
    case FindingKind::cut_short:
    case FindingKind::nothing_finished:
    case FindingKind::too_few_faults:
    case FindingKind::external_kill:
    case FindingKind::checker_error:
      return true;
    case FindingKind::target_crashed:
    case FindingKind::stalled:
    case FindingKind::lost:
    case FindingKind::duplicated:
    case FindingKind::corrupted:
    case FindingKind::unexpected:
    case FindingKind::shrunk:
    case FindingKind::slow_recovery:
    case FindingKind::orphan:
    case FindingKind::zombie:
    case FindingKind::unreadable:
    case FindingKind::poison:
    case FindingKind::black_hole:
    case FindingKind::executions:
    case FindingKind::unfair:
    case FindingKind::fd_leak:
    case FindingKind::memory_growth:
      return claim >= Claim::reports;
    case FindingKind::innocent_failed:
      return claim == Claim::contains;
    case FindingKind::failed:
      return claim == Claim::completes;
  }
  return true;
}

}  // namespace revenant::chaos
