// The medians of some kills: one round of a comparison.
#pragma once

#include <functional>

#include "bench/src/effort.h"
#include "bench/src/latency_counters.h"
#include "bench/src/recovery/one_kill.h"

namespace revenant::bench::goals {

// In microseconds from the signal.
struct KillTimes {
  double detect = 0;
  double task = 0;
};

// As many kills as the effort has a round, in a pool of their own, after one that does not count.
// Throws std::runtime_error.
[[nodiscard]] KillTimes kill_p50(const OneKillQuestion& question, const Effort& effort);

// The same in a pool that is there already: kill to the task's outcome.
[[nodiscard]] double kill_p50(OneKill& run, const Effort& effort);

// The median of as many samples of a floor, after one that does not count, in microseconds. Throws
// std::runtime_error.
[[nodiscard]] double floor_p50(const std::function<Sample()>& take, const Effort& effort);

}  // namespace revenant::bench::goals
