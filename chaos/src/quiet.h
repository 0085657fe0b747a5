// Times in which the target owed an answer and gave none.
#pragma once

#include <cstdint>
#include <vector>

#include "chaos/src/history_index.h"

namespace revenant::chaos {

// From the last outcome, or from the submission if nothing was open before, to the next outcome.
// Only tasks that were answered in the end are waited for here: a task that never is, is the
// business of `lost` and `stalled`, and must not make every wait after it endless.
struct Quiet {
  Nanos from = 0;
  Nanos to = 0;
  Nanos last_outcome = 0;      // before `from`; the same if there was no pause in the load
  std::uint64_t open = 0;      // tasks waited for at the end of it
  std::uint32_t ended_by = 0;  // index of the task whose outcome ended it
};

// Those longer than `longer_than`, in order. One pass over the tasks.
[[nodiscard]] std::vector<Quiet> find_quiets(const HistoryIndex& index, Nanos longer_than);

}  // namespace revenant::chaos
