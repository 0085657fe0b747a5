#include "chaos/src/quiet.h"

namespace revenant::chaos {

std::vector<Quiet> find_quiets(const HistoryIndex& index, Nanos longer_than) {
  std::vector<Quiet> quiets;
  auto submitted = index.tasks.begin();
  std::uint64_t open = 0;
  Nanos since = 0;
  Nanos last_outcome = 0;
  for (const std::uint32_t which : index.outcome_order) {
    const Nanos now = index.tasks[which].outcome_at;
    for (; submitted != index.tasks.end() && submitted->submitted <= now; ++submitted) {
      if (submitted->state == TaskState::open) continue;
      if (open++ == 0) since = submitted->submitted;
    }
    if (now - since > longer_than) quiets.push_back({since, now, last_outcome, open, which});
    --open;
    since = last_outcome = now;
  }
  return quiets;
}

}  // namespace revenant::chaos
