// Percentiles of raw samples.
//
// By nearest rank: the p-th percentile of n samples is the ceil(p * n / 100)-th smallest. It is
// always a sample that was taken, never a value between two, and of few samples the high
// percentiles are the maximum. Pure functions.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

namespace revenant::bench {

// `sorted` ascends and is not empty; `percent` is from 1 to 100.
[[nodiscard]] std::chrono::nanoseconds percentile(std::span<const std::chrono::nanoseconds> sorted,
                                                  unsigned percent);

struct Percentiles {
  std::chrono::nanoseconds p50{};
  std::chrono::nanoseconds p90{};
  std::chrono::nanoseconds p99{};
  std::chrono::nanoseconds max{};
  std::size_t samples = 0;
};

// All zero where there are no samples.
[[nodiscard]] Percentiles percentiles_of(std::vector<std::chrono::nanoseconds> samples);

}  // namespace revenant::bench
