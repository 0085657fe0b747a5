// How much work gets done while workers are killed.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>

namespace revenant::bench {

inline constexpr std::size_t kGoodputWorkers = 4;
inline constexpr std::chrono::milliseconds kGoodputTask{1};  // of processor time

// What was seen in some time.
struct Goodput {
  double tasks_per_second = 0;
  double kills_per_second = 0;
};

// A pool of kGoodputWorkers with tasks of kGoodputTask, a random one of its busy workers killed so
// often, at the instants of a Poisson process. Throws std::runtime_error.
[[nodiscard]] Goodput pool_goodput(double kills_per_second, std::chrono::duration<double> time,
                                   std::uint64_t seed);

// The same work by as many bare processes, which are killed, reaped and forked again by a process
// that does nothing else: no task is lost, because none is given to anybody. What this machine
// leaves of its processors when processes die at that rate.
[[nodiscard]] Goodput bare_goodput(double kills_per_second, std::chrono::duration<double> time,
                                   std::uint64_t seed);

// The curve that theory gives for workers that are bound by the processors. With C processors, K
// kills a second, a task's time S, and the processor time c of one kill (the death and the birth
// that it costs), each kill also wastes half a task: (C - K (c + S / 2)) / S tasks a second.
struct GoodputTheory {
  double processors = 0;
  double task_seconds = 0;
  double kill_seconds = 0;

  [[nodiscard]] double tasks_per_second(double kills_per_second) const;
};

// From two runs of bare processes: one without kills gives S, one with kills gives c.
[[nodiscard]] GoodputTheory calibrate(const Goodput& calm, const Goodput& killed,
                                      unsigned processors);

// Kills a second: range(0).
void goodput(benchmark::State& state, std::chrono::duration<double> time);

// At which the cost of a kill is calibrated.
inline constexpr double kCalibrationKillsPerSecond = 500;

}  // namespace revenant::bench
