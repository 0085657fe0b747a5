#include <fmt/format.h>

#include <algorithm>

#include "reports/src/axis_range.h"
#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/number_text.h"
#include "reports/src/recovery_stages.h"

namespace revenant::reports {
namespace {

// A step curve of that many points cannot be told from one of a million.
constexpr std::size_t kStepsMax = 400;

std::string heading_of(const std::string& name) {
  for (const RecoveryStage& stage : kStagesOfHistory) {
    if (name == stage.name) return std::string(stage.heading);
  }
  return name;
}

// Zero (a spare had taken the place before the death was visible) cannot stand on a logarithmic
// axis: it is drawn at the axis's left end.
AxisRange axis_of(const RecoverySamples& samples) {
  AxisRange range;
  for (const RecoverySeries& series : samples) {
    range.include(series.times_us.back());
    const auto positive = std::upper_bound(series.times_us.begin(), series.times_us.end(), 0.0);
    if (positive != series.times_us.end()) range.include(*positive);
  }
  return range;
}

std::string distribution_data(const RecoverySamples& samples, double left) {
  DataFile file("latency_us\tshare_of_kills");
  const auto on_axis = [&](double time) { return std::max(time, left); };
  for (const RecoverySeries& series : samples) {
    const std::size_t n = series.times_us.size();
    const std::size_t steps = std::min(n, kStepsMax);
    file.row({on_axis(series.times_us.front()), 0.0});
    for (std::size_t i = 1; i <= steps; ++i) {
      const std::size_t rank = (i * n + steps - 1) / steps;
      file.row(
          {on_axis(series.times_us[rank - 1]), static_cast<double>(rank) / static_cast<double>(n)});
    }
    file.next_block();
  }
  return file.text();
}

std::string quantile_data(const RecoverySamples& samples, double left) {
  const auto on_axis = [&](double time) { return std::max(time, left); };
  DataFile file("row\tn\tp50_us\tp90_us\tp99_us\tmax_us\theading\tp50\tp90\tp99\tmax");
  double row = 0;
  for (const RecoverySeries& series : samples) {
    const auto& times = series.times_us;
    const double p50 = quantile(times, 0.5);
    const double p90 = quantile(times, 0.9);
    const double p99 = quantile(times, 0.99);
    file.row({row++, static_cast<double>(times.size()), on_axis(p50), on_axis(p90), on_axis(p99),
              on_axis(times.back()), heading_of(series.name), time_text(p50), time_text(p90),
              time_text(p99), time_text(times.back())});
  }
  return file.text();
}

}  // namespace

std::optional<Chart> recovery_latency_chart(const RecoverySamples& samples,
                                            const std::string& note) {
  if (samples.empty()) return std::nullopt;
  const double left = axis_of(samples).low_decade();
  Chart chart{.name = "recovery-latency",
              .title = "How long recovery took",
              .summary = {},
              .caption =
                  "The share of kills after which a stage was reached within the time on the "
                  "axis, counted from the moment the death was visible. Marks: \u25CF median, "
                  "\u25B2 90th and \u25A0 99th percentile, \u25C6 greatest. What took no time "
                  "stands at the left end.",
              .note = note,
              .data = {{"recovery-latency.dat", distribution_data(samples, left)},
                       {"recovery-latency-quantiles.dat", quantile_data(samples, left)}}};
  for (const RecoverySeries& series : samples) {
    chart.summary +=
        fmt::format("{}: median {}, 99th percentile {} of {} kills. ", series.name,
                    time_text(quantile(series.times_us, 0.5)),
                    time_text(quantile(series.times_us, 0.99)), series.times_us.size());
  }
  return chart;
}

}  // namespace revenant::reports
