#include "chaos/src/checkers/checkers.h"

#include <array>

namespace revenant::chaos {

std::span<const NamedChecker> all_checkers() noexcept {
  using enum FindingKind;
  static constexpr std::array kAll = {
      NamedChecker{target_crashed, checkers::target_crashed},
      NamedChecker{stalled, checkers::stalled},
      NamedChecker{lost, checkers::lost},
      NamedChecker{duplicated, checkers::duplicated},
      NamedChecker{corrupted, checkers::corrupted},
      NamedChecker{unexpected, checkers::unexpected},
      NamedChecker{failed, checkers::failed},
      NamedChecker{innocent_failed, checkers::innocent_failed},
      NamedChecker{shrunk, checkers::shrunk},
      NamedChecker{slow_recovery, checkers::slow_recovery},
      NamedChecker{orphan, checkers::orphan},
      NamedChecker{zombie, checkers::zombie},
      NamedChecker{unreadable, checkers::unreadable},
      NamedChecker{poison, checkers::poison},
      NamedChecker{black_hole, checkers::black_hole, checkers::blindness_to_black_holes},
      NamedChecker{executions, checkers::executions},
      NamedChecker{unfair, checkers::unfair, checkers::blindness_to_unfairness},
      NamedChecker{fd_leak, checkers::fd_leak, checkers::blindness_to_fd_leaks},
      NamedChecker{memory_growth, checkers::memory_growth, checkers::blindness_to_memory_growth},
      NamedChecker{cut_short, checkers::cut_short},
      NamedChecker{nothing_finished, checkers::nothing_finished},
      NamedChecker{too_few_faults, checkers::too_few_faults},
      NamedChecker{external_kill, checkers::external_kill},
  };
  // Only checker_error has none.
  static_assert(kAll.size() + 1 == kFindingKinds.size());
  return kAll;
}

}  // namespace revenant::chaos
