#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/src/axis_range.h"
#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/label_positions.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

constexpr double kRecoveryLabelGap = 0.06;  // as in throughput_chart.cc

struct StageOverWorkers {
  const char* name;
  const char* title;
};
constexpr StageOverWorkers kStagesOverWorkers[] = {{"detect", "death detected"},
                                                   {"ready", "replacement ready"},
                                                   {"task", "the victim's task done"}};

struct Floor {
  const char* name;
  const char* label;
};
constexpr Floor kFloors[] = {{"kill_to_pidfd", "pidfd, p50"},
                             {"kill_to_robust_futex", "robust futex, p50"}};

// One range for all panels, so that they can be compared.
LabelAxis axis_of(const Figures& figures) {
  AxisRange range;
  for (const RecoveryPoint& point : figures.recovery) {
    for (const auto& [stage, latency] : point.by_stage) {
      for (const auto& [quantile, spread] : latency) range.include(spread.median);
    }
  }
  for (const Floor& floor : kFloors) range.include(figures.floor_p50(floor.name).value_or(0));
  return {range.low(), range.high(), true};
}

// The lines of one stage, a block in the file; false if it was never measured.
bool add_points(const Figures& figures, const std::string& stage, DataFile& file) {
  bool any = false;
  for (const RecoveryPoint& point : figures.recovery) {
    const auto latency = point.by_stage.find(stage);
    if (latency == point.by_stage.end()) continue;
    const auto at = [&](const char* quantile) { return latency->second.at(quantile).median; };
    file.row({point.workers, at("p50"), at("p90"), at("p99"), at("max")});
    any = true;
  }
  if (any) file.next_block();
  return any;
}

// Numbers of the kinds of label in recovery.gp: 0 to 3 the quantiles, 4 and 5 the floors.
void add_labels(const Figures& figures, const std::string& stage, double panel,
                const LabelAxis& axis, DataFile& file) {
  const LatencySpread* last = nullptr;
  for (const RecoveryPoint& point : figures.recovery) {
    if (const auto found = point.by_stage.find(stage); found != point.by_stage.end()) {
      last = &found->second;
    }
  }
  std::vector<EndLabel> labels;
  std::vector<std::string> kinds;
  for (const char* quantile : kLatencyQuantiles) {
    labels.push_back({last->at(quantile).median, quantile});
    kinds.emplace_back(quantile);
  }
  for (const Floor& floor : kFloors) {
    kinds.emplace_back(floor.label);
    if (const auto p50 = figures.floor_p50(floor.name)) labels.push_back({*p50, floor.label});
  }
  spread_labels(labels, axis, kRecoveryLabelGap);
  for (const EndLabel& label : labels) {
    const auto kind = std::find(kinds.begin(), kinds.end(), label.text) - kinds.begin();
    file.row(
        {panel, static_cast<double>(kind), label.shown_at, label.text, time_text(label.value)});
  }
}

}  // namespace

std::optional<Chart> recovery_over_workers_chart(const Figures& all, const std::string& note) {
  // Other conditions are in the table.
  Figures figures = all;
  std::erase_if(figures.recovery,
                [](const RecoveryPoint& point) { return !point.condition.empty(); });
  if (figures.recovery.empty()) return std::nullopt;
  const LabelAxis axis = axis_of(figures);
  DataFile panels("panel\tleast_us\tgreatest_us\tworkers_min\tworkers_max\ttitle");
  DataFile points("workers\tp50_us\tp90_us\tp99_us\tmax_us");
  DataFile floors("kind\tp50_us");
  DataFile labels("panel\tkind\tshown_at_us\tname\tvalue");
  double panel = 0;
  for (const StageOverWorkers& stage : kStagesOverWorkers) {
    if (!add_points(figures, stage.name, points)) continue;
    panels.row({panel, axis.min, axis.max, figures.recovery.front().workers,
                figures.recovery.back().workers, stage.title});
    add_labels(figures, stage.name, panel, axis, labels);
    ++panel;
  }
  if (panel == 0) return std::nullopt;
  double kind = 4;
  for (const Floor& floor : kFloors) {
    floors.row({kind++, figures.floor_p50(floor.name).value_or(-1)});
  }
  Chart chart{
      .name = "recovery",
      .title = "Recovery over workers",
      .summary = {},
      .caption =
          "From SIGKILL at a random phase of a busy worker. Lines, from below: median, "
          "90th and 99th percentile, greatest. Dashed: the medians of the floors of the same "
          "run, from SIGKILL to what the kernel reports of an empty victim.",
      .note = note,
      .data = {{"recovery-panels.dat", panels.text()},
               {"recovery.dat", points.text()},
               {"recovery-floors.dat", floors.text()},
               {"recovery-labels.dat", labels.text()}}};
  for (const RecoveryPoint& point : figures.recovery) {
    for (const auto& [stage, latency] : point.by_stage) {
      chart.summary +=
          fmt::format("{:.0f} workers, {}: median {}, 99th percentile {}. ", point.workers, stage,
                      time_text(latency.at("p50").median), time_text(latency.at("p99").median));
    }
  }
  return chart;
}

}  // namespace revenant::reports
