#include <fmt/format.h>

#include <algorithm>

#include "reports/src/axis_range.h"
#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/number_text.h"
#include "reports/src/plain_text.h"
#include "reports/src/recovery_stages.h"
#include "reports/src/run_labels.h"

namespace revenant::reports {
namespace {

// What the names have room for at the left of the plot.
constexpr std::size_t kLabelMax = 24;

// Of a stage of one run, as far as it is known, in microseconds.
struct StageTimes {
  std::uint64_t n = 0;
  double min = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0, p99 = 0, max = 0;
};

const RecoverySeries* series_of(const RunFolder& run, std::string_view stage) {
  const auto found = std::find_if(run.recovery.begin(), run.recovery.end(),
                                  [&](const RecoverySeries& one) { return one.name == stage; });
  return found == run.recovery.end() ? nullptr : &*found;
}

// By each kill where the history has them; of full capacity the judge's quantiles alone are known,
// so nothing is drawn to the left of its median.
std::optional<StageTimes> times_of(const RunFolder& run, std::string_view stage) {
  if (const RecoverySeries* series = series_of(run, stage)) {
    const auto at = [&](double q) { return quantile(series->times_us, q); };
    return StageTimes{series->times_us.size(),
                      series->times_us.front(),
                      at(0.25),
                      at(0.5),
                      at(0.75),
                      at(0.9),
                      at(0.99),
                      at(1)};
  }
  if (stage != kFullCapacity.name || !run.verdict) return std::nullopt;
  for (const auto& [name, times] : run.verdict->recovery_us) {
    if (name != stage || times.n == 0) continue;
    return StageTimes{times.n,   times.p50, times.p50, times.p50,
                      times.p50, times.p90, times.p99, times.max};
  }
  return std::nullopt;
}

// Zeros stand at the left end of a logarithmic axis.
AxisRange common_axis_of(const std::vector<const RunFolder*>& runs) {
  AxisRange range;
  for (const RunFolder* run : runs) {
    for (const RecoverySeries& series : run->recovery) {
      range.include(series.times_us.back());
      const auto positive = std::upper_bound(series.times_us.begin(), series.times_us.end(), 0.0);
      if (positive != series.times_us.end()) range.include(*positive);
    }
    if (const auto full = times_of(*run, kFullCapacity.name)) range.include(full->max);
  }
  return range;
}

std::vector<RecoveryStage> stages_of(const std::vector<const RunFolder*>& runs) {
  std::vector<RecoveryStage> stages(kStagesOfHistory.begin(), kStagesOfHistory.end());
  stages.push_back(kFullCapacity);
  std::erase_if(stages, [&](const RecoveryStage& stage) {
    return std::ranges::none_of(
        runs, [&](const RunFolder* run) { return times_of(*run, stage.name).has_value(); });
  });
  return stages;
}

}  // namespace

std::optional<Chart> recovery_by_run_chart(const std::vector<const RunFolder*>& all) {
  std::vector<const RunFolder*> runs;
  for (const RunFolder* run : all) {
    if (!run->recovery.empty() && runs.size() < kRunsInChartMax) runs.push_back(run);
  }
  if (runs.size() < 2) return std::nullopt;
  const AxisRange range = common_axis_of(runs);
  const double left = range.low_decade();
  const std::vector<std::string> labels = run_labels(runs);
  DataFile extent("least_us\tgreatest_us\tpanels\trows");
  DataFile panels("panel\theading");
  DataFile rows("panel\trow\tn\tmin_us\tp25_us\tp50_us\tp75_us\tp90_us\tp99_us\tmax_us\tname\tp50");
  std::string summary;
  double panel = 0;
  for (const RecoveryStage& stage : stages_of(runs)) {
    panels.row({panel, stage.heading});
    for (std::size_t row = 0; row < runs.size(); ++row) {
      const auto times = times_of(*runs[row], stage.name);
      if (!times) continue;
      const auto on_axis = [&](double time) { return std::max(left, time); };
      const std::string median = time_text(times->p50);
      rows.row({panel, static_cast<double>(row), static_cast<double>(times->n), on_axis(times->min),
                on_axis(times->p25), on_axis(times->p50), on_axis(times->p75), on_axis(times->p90),
                on_axis(times->p99), on_axis(times->max),
                with_its_middle_cut(labels[row], kLabelMax), median});
      summary +=
          fmt::format("{}, {}: median {} of {} kills. ", stage.name, labels[row], median, times->n);
    }
    ++panel;
  }
  extent.row({left, range.high_decade(), panel, static_cast<double>(runs.size())});
  return Chart{.name = "recovery-by-run",
               .title = "How long recovery took, run by run",
               .summary = std::move(summary),
               .caption =
                   "Each line reaches from the quickest to the slowest recovery of a run, "
                   "its broad part holds the middle half. Marks: \u25CF median, \u25B2 90th "
                   "and \u25A0 99th percentile, \u25C6 greatest. What took no time stands "
                   "at the left end. Of full capacity the quantiles alone are known.",
               .note = "",
               .data = {{"recovery-by-run-extent.dat", extent.text()},
                        {"recovery-by-run-panels.dat", panels.text()},
                        {"recovery-by-run.dat", rows.text()}}};
}

}  // namespace revenant::reports
