// Raw latency samples of one repetition, how they are taken, and the counters that are made of
// them.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <string>
#include <vector>

#include "bench/src/failures.h"

namespace revenant::bench {

using Samples = std::vector<std::chrono::nanoseconds>;

[[nodiscard]] inline double microseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

// Of at least one sample.
[[nodiscard]] double mean_microseconds(const Samples& samples);

// Sets the counters PREFIXp50, PREFIXp90, PREFIXp99 and PREFIXmax, in microseconds.
void set_percentiles(benchmark::State& state, const std::string& prefix, const Samples& samples);

// The counters of a latency floor: mean, p50, p90, p99, max and samples. A sample that is not
// positive is an error of the measurement: the whole run is then skipped with it, and the answer
// false.
bool report_latency(benchmark::State& state, const Samples& samples);

// One measurement, or why there is none.
struct Sample {
  std::chrono::nanoseconds took{};
  const char* error = nullptr;
};

// Calls `take` a few times for nothing, then once an iteration, and reports what it returned, the
// first error instead of everything. For benchmarks with manual time and a fixed number of
// iterations. False after an error.
template <typename Take>
bool measure_latency(benchmark::State& state, int warm_up, Take take) {
  Samples samples;
  samples.reserve(static_cast<std::size_t>(state.max_iterations));
  Sample sample;
  for (int i = 0; i < warm_up && sample.error == nullptr; ++i) sample = take();
  while (sample.error == nullptr && state.KeepRunning()) {
    sample = take();
    samples.push_back(sample.took);
    state.SetIterationTime(std::chrono::duration<double>(sample.took).count());
  }
  if (sample.error == nullptr) return report_latency(state, samples);
  fail(state, sample.error);
  return false;
}

}  // namespace revenant::bench
