// The end of a run: what is open is finished, and nothing of the target's tree is left.
#pragma once

#include "chaos/src/fault_timer.h"
#include "chaos/src/session.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

// The tasks that a run keeps back for its draining schedules: they go out just before the end of
// input, so that the target has something to finish. 0 where there are none.
[[nodiscard]] std::uint64_t tasks_to_drain(const RunOptions& options) noexcept;

// End of input. The target shall finish, exit, and leave nothing behind: what it does leave is
// recorded, then killed. `in_good_order`: it is in a state in which draining can be asked for.
void close_run(Session& session, FaultTimer& faults, const RunOptions& options, bool in_good_order);

}  // namespace revenant::chaos
