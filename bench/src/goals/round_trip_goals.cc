// Goal 3: what one task costs that is alone.
#include <chrono>
#include <stdexcept>
#include <thread>

#include "bench/src/floor/futex_pair.h"
#include "bench/src/floor/shm_pair.h"
#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/throughput/one_at_a_time.h"

namespace revenant::bench::goals {
namespace {

// The mean of a round trip in microseconds, `pause` after the one before.
template <typename Pair>
double mean_of(Pair& pair, std::int64_t samples, std::chrono::microseconds pause) {
  Samples taken;
  const std::int64_t warm_up = samples / 10 + 1;
  for (std::int64_t i = 0; i < warm_up + samples; ++i) {
    if (pause.count() > 0) std::this_thread::sleep_for(pause);
    const Sample sample = pair.take();
    if (sample.error != nullptr) throw std::runtime_error(sample.error);
    if (i >= warm_up) taken.push_back(sample.took);
  }
  return mean_microseconds(taken);
}

double pool_mean(const GoalSettings& settings, std::int64_t samples,
                 std::chrono::microseconds pause) {
  OneAtATime pool(settings.no_op);
  if (!pool.warm_up()) throw std::runtime_error("the worker was not ready within 10 s");
  return mean_of(pool, samples, pause);
}

}  // namespace

Rows measure_one_at_a_time(const GoalSettings& settings) {
  constexpr std::chrono::microseconds kNoPause{0};
  const std::int64_t spinning = settings.effort.spinning_round_trips / 10;
  const std::int64_t sleeping = settings.effort.sleeping_round_trips / 10;
  Series pool_asleep, futex, futex_at_once, pool_spinning, shm;
  interleave({{"the pool, asleep",
               [&] { pool_asleep.push_back(pool_mean(settings, sleeping, kAsleepAfter)); }},
              {"a futex, asleep",
               [&] {
                 FutexPair pair;
                 futex.push_back(mean_of(pair, sleeping, kAsleepAfter));
               }},
              {"a futex, at once",
               [&] {
                 FutexPair pair;
                 futex_at_once.push_back(mean_of(pair, sleeping, kNoPause));
               }},
              {"the pool, spinning",
               [&] { pool_spinning.push_back(pool_mean(settings, spinning, kNoPause)); }},
              {"a cache line, spinning",
               [&] {
                 ShmPair pair;
                 shm.push_back(mean_of(pair, spinning, kNoPause));
               }}},
             settings.effort.rounds);
  return {
      ratio_row({3, "one task, both sides asleep before it / a futex round trip, asleep before it",
                 Sense::at_most, 1.5, 1.25},
                pool_asleep, futex,
                time_beside(pool_asleep, futex) +
                    "; without the pause between two, a futex takes " +
                    duration(middle(futex_at_once))),
      ratio_row({3, "one task after the other, spinning / a round trip on a cache line",
                 Sense::at_most, 3, 2},
                pool_spinning, shm, time_beside(pool_spinning, shm)),
  };
}

}  // namespace revenant::bench::goals
