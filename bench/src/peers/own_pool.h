// This pool, asked what its peers are asked.
#pragma once

#include <chrono>

#include "bench/src/peers/peers.h"

namespace revenant::bench::peers {

// Tasks a second, each checked: from a full window to a full window, in a run of about `run_time`
// after shorter ones in which everything warmed up. Throws std::runtime_error where a result is
// wrong or missing.
[[nodiscard]] double own_speed(Work work, unsigned workers, std::chrono::milliseconds run_time);

// The same of a Mapper over no-op tasks, in chunks of 1000. The time is that of the whole call; the
// workers are warm when it begins, as its peers' are.
[[nodiscard]] double own_batch_speed(unsigned workers, std::chrono::milliseconds run_time);

// Forty tasks of 20 ms on two workers, one of which is killed in mid-task; then ten more.
[[nodiscard]] Kill own_kill();

}  // namespace revenant::bench::peers
