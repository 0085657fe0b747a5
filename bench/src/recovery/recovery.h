// How long a pool takes from the SIGKILL of a busy worker until it has recovered.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>

namespace revenant::bench {

// What the workers do all the while, a millisecond a task.
enum class Work {
  spin,  // processor time: with more workers than processors these are all taken
  wait,  // sleep: the processors are nearly idle
};

struct RecoveryQuestion {
  Work work = Work::spin;
  std::size_t spares = 1;
};

// Workers: range(0). One iteration is one kill of a random busy worker at a random phase of its
// task, and all that follows from it; the next kill is planned when the pool is whole again.
// Counters, in microseconds from the signal, each with p50, p90, p99 and max:
//   detect_  the first notice of the death, early or final
//   ready_   the victim's place is taken, by a spare or by a new worker; the iteration's time
//   refill_  the new worker is ready
//   task_    the result of the task that was on the victim is delivered; absent without any sample
//   late_    from the planned instant to the signal, which is not part of the others
// And `kills`: `kills_running` in the middle of a task, `kills_waiting` with a task that it had not
// begun, `kills_idle` with none, which give no sample of task_.
void recovery(benchmark::State& state, const RecoveryQuestion& question);

}  // namespace revenant::bench
