#include "reports/src/compare/run_samples.h"

#include <utility>

#include "reports/src/compare/bootstrap.h"
#include "reports/src/run_folder.h"

namespace revenant::reports::compare {

Side read_run_samples(const std::filesystem::path& path, SampleOf sample_of) {
  RunFolder run = read_run_folder(path);
  Side side;
  const auto add = [&](const std::string& name, Better better, Unit unit,
                       std::vector<double> values) {
    side.figures.try_emplace(name, Samples{better, unit, std::move(values)});
  };
  for (RecoverySeries& stage : run.recovery) {
    if (sample_of == SampleOf::input) stage.times_us = {median(stage.times_us)};
    add("recovery/" + stage.name, Better::less, Unit::microseconds, std::move(stage.times_us));
  }
  if (sample_of == SampleOf::repetition) {
    side.notes.push_back(path.string() +
                         ": samples of recoveries are the kills of one run. How runs differ from "
                         "each other is not in them; several runs a side show that.");
  }
  if (!run.verdict) return side;
  for (const auto& [stage, quantiles] : run.verdict->recovery_us) {
    // What the history gave stands; full_capacity and runs without a history have only this.
    if (quantiles.n > 0) {
      add("recovery/" + stage, Better::less, Unit::microseconds, {quantiles.p50});
    }
  }
  if (run.verdict->calm_per_s) {
    add("throughput/calm", Better::more, Unit::per_second, {*run.verdict->calm_per_s});
  }
  if (run.verdict->chaos_per_s) {
    add("throughput/chaos", Better::more, Unit::per_second, {*run.verdict->chaos_per_s});
  }
  return side;
}

}  // namespace revenant::reports::compare
