// How long the target took to recover, as far as its history lets that be seen.
#pragma once

#include "chaos/src/history_index.h"
#include "chaos/src/strength.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// All of faults that ended a worker, from t1, when the death was visible (the pidfd was readable):
//   detect         until the victim was reaped;
//   respawn        until a new worker filled its place (Strength says how they are matched); 0
//   where
//                  that was so before the death was visible;
//   first_result   until any task had a result; where none was open, from the next submission;
//   task           until the result of the task that was on the victim. Seen only where results say
//                  how many attempts they took: one of several attempts is matched with the
//                  earliest victim since its submission that has no task yet, so it is at most that
//                  long;
//   full_capacity  until throughput was back; see full_capacity_times_us.
[[nodiscard]] RecoveryTimes measure_recovery(const HistoryIndex& index, const Strength& strength);

}  // namespace revenant::chaos
