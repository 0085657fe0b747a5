#include "bench/src/latency_counters.h"

#include <algorithm>
#include <numeric>

#include "bench/src/failures.h"
#include "bench/src/quantiles.h"

namespace revenant::bench {

void set_percentiles(benchmark::State& state, const std::string& prefix, const Samples& samples) {
  const Percentiles percentiles = percentiles_of(samples);
  state.counters[prefix + "p50"] = microseconds(percentiles.p50);
  state.counters[prefix + "p90"] = microseconds(percentiles.p90);
  state.counters[prefix + "p99"] = microseconds(percentiles.p99);
  state.counters[prefix + "max"] = microseconds(percentiles.max);
}

double mean_microseconds(const Samples& samples) {
  const auto sum = std::accumulate(samples.begin(), samples.end(), std::chrono::nanoseconds(0));
  return microseconds(sum) / static_cast<double>(samples.size());
}

bool report_latency(benchmark::State& state, const Samples& samples) {
  if (samples.empty()) {
    fail(state, "no sample was taken");
    return false;
  }
  const auto impossible = [](std::chrono::nanoseconds sample) { return sample.count() <= 0; };
  if (std::any_of(samples.begin(), samples.end(), impossible)) {
    fail(state, "a sample is zero or negative: the clock cannot be trusted");
    return false;
  }
  set_percentiles(state, "", samples);
  state.counters["mean"] = mean_microseconds(samples);
  state.counters["samples"] = static_cast<double>(samples.size());
  return true;
}

}  // namespace revenant::bench
