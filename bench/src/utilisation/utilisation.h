// How well workers are kept busy.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

#include "bench/src/utilisation/work.h"

namespace revenant::bench {

// How long a pool of so many workers takes for a batch of tasks: from the first submit() to the
// last outcome, the workers being ready before. Throws std::runtime_error.
[[nodiscard]] std::chrono::nanoseconds pool_batch_time(std::span<const Turns> batch,
                                                       std::size_t workers);

// The same by bare processes that share a counter: each takes the next task from it when it is done
// with one. Nobody could do it sooner with these workers, whatever the tasks' lengths.
[[nodiscard]] std::chrono::nanoseconds bare_batch_time(std::span<const Turns> batch,
                                                       std::size_t workers);

// Short tasks among long ones that sleep, in a pool in which two of four workers are always free.
struct ShortTasks {
  std::uint64_t tasks = 0;
  std::uint64_t late = 0;  // took longer than a fifth of a long one
  double p99_us = 0;
  double max_us = 0;
};
[[nodiscard]] ShortTasks watch_short_among_long(std::chrono::milliseconds time);

// Tasks of so many microseconds: range(0). One worker a processor.
void utilisation(benchmark::State& state, std::chrono::duration<double> batch_time);

// How many tasks are some seconds of work for each of so many workers; four for each at least.
[[nodiscard]] std::size_t batch_size(std::chrono::nanoseconds mean_task, std::size_t workers,
                                     std::chrono::duration<double> batch_time);

}  // namespace revenant::bench
