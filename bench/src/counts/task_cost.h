// What a no-op task costs in things that can be counted.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

#include "bench/src/counts/heap_allocations.h"
#include "revenant/worker.h"

namespace revenant::bench {

// Each a task.
struct TaskCost {
  double system_calls = 0;  // of supervisor, nursery and workers
  double allocations_supervisor = 0;
  double allocations_workers = 0;
};

// Counts over so many tasks of 56 bytes, 64 of them open at any time whatever the number of
// workers, after a warm-up. Throws std::system_error where system calls cannot be counted, and
// std::runtime_error if the pool does something wrong.
[[nodiscard]] TaskCost count_task_cost(std::size_t workers, std::uint64_t tasks,
                                       const WorkerFunction& function);

// Workers: range(0).
void system_calls(benchmark::State& state, std::uint64_t tasks);

}  // namespace revenant::bench
