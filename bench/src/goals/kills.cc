#include "bench/src/goals/kills.h"

#include <stdexcept>

#include "bench/src/quantiles.h"

namespace revenant::bench::goals {
namespace {

// Of the samples but the first.
double p50_microseconds(Samples samples) {
  samples.erase(samples.begin());
  return microseconds(percentiles_of(std::move(samples)).p50);
}

}  // namespace

KillTimes kill_p50(const OneKillQuestion& question, const Effort& effort) {
  static std::uint64_t seed = 0;
  OneKill run(question, ++seed);
  bool good = run.start();
  for (unsigned kill = 0; good && kill <= effort.kills_a_round; ++kill) good = run.kill_one();
  if (!good) throw std::runtime_error(run.error());
  return {.detect = p50_microseconds(run.times().detect),
          .task = p50_microseconds(run.times().task)};
}

double kill_p50(OneKill& run, const Effort& effort) {
  const std::size_t before = run.times().task.size();
  for (unsigned kill = 0; kill <= effort.kills_a_round; ++kill) {
    if (!run.kill_one()) throw std::runtime_error(run.error());
  }
  const Samples& all = run.times().task;
  return p50_microseconds(Samples(all.begin() + static_cast<std::ptrdiff_t>(before), all.end()));
}

double floor_p50(const std::function<Sample()>& take, const Effort& effort) {
  Samples samples;
  for (unsigned i = 0; i <= effort.kills_a_round; ++i) {
    const Sample sample = take();
    if (sample.error != nullptr) throw std::runtime_error(sample.error);
    samples.push_back(sample.took);
  }
  return p50_microseconds(std::move(samples));
}

}  // namespace revenant::bench::goals
