// Measuring a stream of tasks a slice at a time.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace revenant::bench {

// How many tasks to do before the clock is looked at again: 16 MiB of them, from 4 to 4096.
[[nodiscard]] constexpr std::uint64_t slice_for(std::size_t payload_bytes) {
  return std::clamp<std::uint64_t>((std::uint64_t{16} << 20) / payload_bytes, 4, 4096);
}

// One iteration is one task. Calls `run` with how many tasks to do, until all iterations are done
// or it returns false, which is returned. The last slice is the rest: a benchmark that does more
// iterations than it was given makes the library abort if another of its repetitions ends in an
// error.
template <typename Run>
[[nodiscard]] bool run_in_slices(benchmark::State& state, std::uint64_t slice, Run run) {
  auto left = static_cast<std::uint64_t>(state.max_iterations);
  while (left > 0) {
    const std::uint64_t count = std::min(slice, left);
    if (!state.KeepRunningBatch(static_cast<benchmark::IterationCount>(count))) return true;
    if (!run(count)) return false;
    left -= count;
  }
  static_cast<void>(state.KeepRunning());  // Stops the clock.
  return true;
}

}  // namespace revenant::bench
