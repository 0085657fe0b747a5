// How much the target did: in each phase, and in each hundredth of a second.
#pragma once

#include <cstdint>
#include <vector>

#include "chaos/src/history_index.h"
#include "chaos/src/strength.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// Results per second in the chaos phase and in the calm phase, counting only the time in which a
// task was open. 0 where that was under 10 ms or fewer than 20 results came: too few to call a
// rate.
[[nodiscard]] Throughput measure_throughput(const HistoryIndex& index);

// For each fault that ended a worker, the time from the visible death to the beginning of the first
// hundredth of a second that starts with all workers alive and brings at least 95 % of what the
// target ordinarily does in one, in microseconds. Ordinarily: the median of those hundredths, in
// the chaos and calm phases, that begin at full strength and with no fault in the 50 ms before.
// Nothing is reported where there are fewer than 20 of them or where they bring under 20 results,
// nor for a fault that was followed by another before the end of its own recovery.
[[nodiscard]] std::vector<double> full_capacity_times_us(const HistoryIndex& index,
                                                         const Strength& strength);

}  // namespace revenant::chaos
