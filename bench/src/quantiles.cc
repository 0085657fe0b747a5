#include "bench/src/quantiles.h"

#include <algorithm>

#include "pool/os/check.h"

namespace revenant::bench {

std::chrono::nanoseconds percentile(std::span<const std::chrono::nanoseconds> sorted,
                                    unsigned percent) {
  REVENANT_CHECK(!sorted.empty(), "no samples have no percentile");
  REVENANT_CHECK(percent >= 1 && percent <= 100, "a percentile is from 1 to 100");
  // In integers: 0.07 * 100 is a little over 7 in floating point, and would be rounded up to 8.
  const std::size_t rank = (sorted.size() * percent + 99) / 100;
  return sorted[rank - 1];
}

Percentiles percentiles_of(std::vector<std::chrono::nanoseconds> samples) {
  if (samples.empty()) return {};
  std::sort(samples.begin(), samples.end());
  return {.p50 = percentile(samples, 50),
          .p90 = percentile(samples, 90),
          .p99 = percentile(samples, 99),
          .max = samples.back(),
          .samples = samples.size()};
}

}  // namespace revenant::bench
