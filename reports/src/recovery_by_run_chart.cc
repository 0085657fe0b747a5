#include <fmt/format.h>

#include <algorithm>

#include "reports/src/axis_range.h"
#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/number_text.h"
#include "reports/src/recovery_stages.h"
#include "reports/src/run_labels.h"

namespace revenant::reports {
namespace {

const RecoverySeries* series_of(const RunFolder& run, std::string_view stage) {
  const auto found = std::find_if(run.recovery.begin(), run.recovery.end(),
                                  [&](const RecoverySeries& one) { return one.name == stage; });
  return found == run.recovery.end() ? nullptr : &*found;
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
  }
  return range;
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
  for (const RecoveryStage& stage : kStagesOfHistory) {
    if (std::none_of(runs.begin(), runs.end(),
                     [&](const auto* run) { return series_of(*run, stage.name) != nullptr; })) {
      continue;
    }
    panels.row({panel, stage.heading});
    for (std::size_t row = 0; row < runs.size(); ++row) {
      const RecoverySeries* series = series_of(*runs[row], stage.name);
      if (series == nullptr) continue;
      const auto at = [&](double q) { return std::max(left, quantile(series->times_us, q)); };
      const std::string median = time_text(quantile(series->times_us, 0.5));
      rows.row({panel, static_cast<double>(row), static_cast<double>(series->times_us.size()),
                std::max(left, series->times_us.front()), at(0.25), at(0.5), at(0.75), at(0.9),
                at(0.99), at(1), labels[row], median});
      summary += fmt::format("{}, {}: median {} of {} kills. ", stage.name, labels[row], median,
                             series->times_us.size());
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
                   "at the left end.",
               .note = "",
               .data = {{"recovery-by-run-extent.dat", extent.text()},
                        {"recovery-by-run-panels.dat", panels.text()},
                        {"recovery-by-run.dat", rows.text()}}};
}

}  // namespace revenant::reports
