// How fast a pool starts its workers.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>

#include "revenant/pool.h"

namespace revenant::bench {

// Makes `pool` ready from nothing, as a program with an event loop waits for it. Throws
// std::runtime_error if it is not within 60 s.
void wait_ready(Pool& pool, std::size_t processes);

// Workers: range(0), no spare. From the call of the constructor until all are ready.
void start(benchmark::State& state);

}  // namespace revenant::bench
