#include "chaos/src/checkers/excuses.h"

#include <algorithm>

namespace revenant::chaos {

Excuses::Excuses(const HistoryIndex& index) {
  for (const InstalledFault& fault : index.faults) {
    if (fault.fault == "exit0") continue;
    const Nanos over = std::max(fault.over_at(), fault.sent);
    victims_.push_back({fault.sent, over, false});
    in_force_max_ = std::max(in_force_max_, over - fault.sent);
    const auto [known, is_new] = first_hit_.emplace(fault.victim, fault.sent);
    if (!is_new) known->second = std::min(known->second, fault.sent);
  }
  std::stable_sort(victims_.begin(), victims_.end(),
                   [](const Victim& a, const Victim& b) { return a.sent < b.sent; });
}

bool Excuses::excuse(pid_t worker, Nanos submitted, Nanos end) {
  if (worker > 0) {
    const auto hit = first_hit_.find(worker);
    return hit != first_hit_.end() && hit->second <= end;
  }
  auto victim = std::lower_bound(victims_.begin(), victims_.end(), submitted - in_force_max_,
                                 [](const Victim& v, Nanos t) { return v.sent < t; });
  for (; victim != victims_.end() && victim->sent <= end; ++victim) {
    if (!victim->used && victim->over >= submitted) return victim->used = true;
  }
  return false;
}

}  // namespace revenant::chaos
