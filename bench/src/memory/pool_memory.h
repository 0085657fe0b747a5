// What memory the processes of a pool need.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

#include "revenant/worker.h"

namespace revenant::bench {

// Proportional set sizes in KiB, as the kernel shares out what several processes map: the sum over
// all processes is the memory that they take together.
struct PoolMemory {
  double worker = 0;          // the mean of the workers, ready and never used
  double worker_private = 0;  // what of that belongs to nobody else
  double worker_used = 0;     // the mean after each has run a few thousand tasks
  double nursery = 0;
  double supervisor = 0;  // this process
};

// Makes a pool of so many workers and no spare, and looks at it. Throws std::runtime_error.
[[nodiscard]] PoolMemory measure_pool_memory(std::size_t workers);

// By how many KiB the supervisor grows while it passes on so many tasks, 64 of them open, after a
// tenth as many. Throws std::runtime_error.
[[nodiscard]] double measure_supervisor_growth(std::uint64_t tasks, const WorkerFunction& function);

// Workers: range(0).
void memory(benchmark::State& state);

}  // namespace revenant::bench
