// A measurement in a process of its own.
#pragma once

#include <functional>

#include "bench/src/goals/row.h"

namespace revenant::bench::goals {

// Forks, has the child measure, and takes its rows from it. What measurements before have left
// behind (a heap of many megabytes, tables of pages) would be in the next one's figures: a fork
// costs what its caller has resident, and a worker's memory is counted with its share of it. So the
// process that calls this measures nothing itself, and stays small.
//
// Throws std::runtime_error where the child died, and std::system_error where there was none. The
// caller has no other thread.
[[nodiscard]] Rows measure_apart(const std::function<Rows()>& measure);

}  // namespace revenant::bench::goals
