// How long one task takes when it is alone.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "bench/src/latency_counters.h"
#include "revenant/pool.h"
#include "revenant/worker.h"

namespace revenant::bench {

// Long enough for a worker that spins before it sleeps to have gone to sleep.
inline constexpr std::chrono::microseconds kAsleepAfter{200};

// A pool of one worker, with its default options.
class OneAtATime {
 public:
  explicit OneAtATime(WorkerFunction function);  // returns the payload's first eight bytes

  // Runs tasks until the worker and the spare are ready. False if they are not within seconds.
  [[nodiscard]] bool warm_up();
  // From the call of submit() to the outcome's delivery.
  [[nodiscard]] Sample take();

 private:
  Pool pool_;
  std::string payload_;
  std::uint64_t number_ = 0;
};

// One iteration is one task, so long after the one before.
void one_at_a_time(benchmark::State& state, std::chrono::microseconds pause);

}  // namespace revenant::bench
