#include "chaos/src/checkers/precedence.h"

#include <algorithm>

namespace revenant::chaos {

bool explains(FindingKind cause, FindingKind consequence) noexcept {
  using enum FindingKind;
  const auto is = [&](auto... kinds) { return ((consequence == kinds) || ...); };
  switch (cause) {
    case target_crashed:
      // Its workers are killed with it (PR_SET_PDEATHSIG), by nobody that the harness knows.
      return is(shrunk, cut_short, nothing_finished, too_few_faults, external_kill);
    case stalled:
      // A pool that is stuck replaces nobody either.
      return is(shrunk, nothing_finished, too_few_faults);
    case lost:
      return is(nothing_finished);
    case failed:
    case innocent_failed:
      return is(nothing_finished);
    case unreadable:
      // Whatever the target meant to say, it was not understood.
      return is(nothing_finished, too_few_faults);
    case black_hole:
      // The others get nothing because it gets everything.
      return is(failed, innocent_failed, nothing_finished, unfair);
    case poison:
      // The pool is busy with it for ever.
      return is(nothing_finished, too_few_faults, shrunk, slow_recovery);
    case shrunk:
      // Nobody was left to work or to be hit, or too few to do it in time.
      return is(nothing_finished, too_few_faults, slow_recovery);
    case cut_short:
    case external_kill:
      return is(nothing_finished, too_few_faults);
    case duplicated:
    case corrupted:
    case unexpected:
    case slow_recovery:
    case orphan:
    case zombie:
    case executions:
    case unfair:
    case fd_leak:
    case memory_growth:
    case nothing_finished:
    case too_few_faults:
    case checker_error:
      return false;
  }
  return false;
}

void remove_consequences(std::vector<Finding>& findings) {
  std::vector<FindingKind> causes;
  for (const Finding& finding : findings) causes.push_back(finding.kind);
  std::erase_if(findings, [&](const Finding& finding) {
    return std::any_of(causes.begin(), causes.end(),
                       [&](FindingKind cause) { return explains(cause, finding.kind); });
  });
}

}  // namespace revenant::chaos
