// How much work the calm phase has: what remains of a run when the faults are over.
//
// Pure. Enough to see the target at its strength, and where that can be had in a few seconds,
// enough to call its rate measured.
#pragma once

#include <cstdint>

#include "chaos/src/history.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

// Of a run that is bounded by tasks: how many of them.
[[nodiscard]] std::uint64_t calm_tasks(std::uint64_t tasks) noexcept;

// Of one that is bounded by time: how long tasks go on to come.
[[nodiscard]] Nanos calm_time(const RunOptions& options) noexcept;

}  // namespace revenant::chaos
