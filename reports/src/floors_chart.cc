#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/src/axis_range.h"
#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/floor_names.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

constexpr std::size_t kRowsMax = 24;

// By value, the quickest first: a ranked list reads faster than one in the order of a file.
std::string latency_data(const Figures& figures, AxisRange& range, std::string& summary) {
  std::vector<LatencyFloor> floors = figures.latency_floors;
  std::stable_sort(floors.begin(), floors.end(), [](const auto& a, const auto& b) {
    return a.latency.at("p50").median < b.latency.at("p50").median;
  });
  if (floors.size() > kRowsMax) floors.resize(kRowsMax);
  DataFile file("row\tp50_us\tp90_us\tp99_us\tname\tp50");
  double row = 0;
  for (const LatencyFloor& floor : floors) {
    const auto at = [&](const char* quantile) { return floor.latency.at(quantile).median; };
    for (const char* quantile : {"p50", "p90", "p99"}) range.include(at(quantile));
    const std::string label = floor_label(floor.name);
    file.row({row++, at("p50"), at("p90"), at("p99"), label, time_text(at("p50"))});
    summary += fmt::format("{}: median {}. ", label, time_text(at("p50")));
  }
  return file.text();
}

// Of the payloads that have throughput over workers; the curves over payload show all.
std::vector<ThroughputFloor> shown_rates(const Figures& figures) {
  const std::vector<ThroughputSeries> series = figures.over_workers();
  std::vector<ThroughputFloor> floors = figures.throughput_floors;
  if (series.empty()) return floors;
  std::erase_if(floors, [&](const ThroughputFloor& floor) {
    return floor.payload > 0 &&
           std::none_of(series.begin(), series.end(), [&](const ThroughputSeries& each) {
             return each.payload == floor.payload;
           });
  });
  return floors;
}

std::string throughput_data(const Figures& figures, AxisRange& range, std::string& summary) {
  std::vector<ThroughputFloor> floors = shown_rates(figures);
  std::stable_sort(floors.begin(), floors.end(),
                   [](const auto& a, const auto& b) { return a.per_s.median > b.per_s.median; });
  if (floors.size() > kRowsMax) floors.resize(kRowsMax);
  DataFile file("row\tper_s\tleast_per_s\tgreatest_per_s\tname\tmedian");
  double row = 0;
  for (const ThroughputFloor& floor : floors) {
    range.include(floor.per_s.min);
    range.include(floor.per_s.max);
    std::string label = floor_label(floor);
    if (floor.payload > 0) label += ", " + bytes_text(floor.payload);
    file.row({row++, floor.per_s.median, floor.per_s.min, floor.per_s.max, label,
              rate_text(floor.per_s.median)});
    summary += fmt::format("{}: {}. ", label, rate_text(floor.per_s.median));
  }
  return file.text();
}

}  // namespace

std::optional<Chart> floors_chart(const Figures& figures, const std::string& note) {
  if (figures.latency_floors.empty() && figures.throughput_floors.empty()) return std::nullopt;
  Chart chart{.name = "floors",
              .title = "What the machine alone needs",
              .summary = {},
              .caption =
                  "The floors that the figures stand on, without any pool. Times: dot the "
                  "median, bar to the 99th percentile, tick the 90th. Rates: dot the median of "
                  "the repetitions, bar their least and greatest.",
              .note = note,
              .data = {}};
  AxisRange times;
  AxisRange rates;
  std::string latency = latency_data(figures, times, chart.summary);
  std::string throughput = throughput_data(figures, rates, chart.summary);
  DataFile extent("latency_rows\tleast_us\tgreatest_us\trate_rows\tleast_per_s\tgreatest_per_s");
  const auto rows = [](std::size_t n) { return static_cast<double>(std::min(n, kRowsMax)); };
  extent.row({rows(figures.latency_floors.size()), times.low_decade(), times.high_decade(),
              rows(shown_rates(figures).size()), rates.low_decade(), rates.high_decade()});
  chart.data = {{"floors-extent.dat", extent.text()},
                {"floors-latency.dat", std::move(latency)},
                {"floors-throughput.dat", std::move(throughput)}};
  return chart;
}

}  // namespace revenant::reports
