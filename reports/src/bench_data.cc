#include <fmt/format.h>

#include <algorithm>

#include "reports/src/bench_sections.h"
#include "reports/src/floor_names.h"
#include "reports/src/number_text.h"
#include "reports/src/page_data.h"

namespace revenant::reports {
namespace {

constexpr const char* kNone = "\u2013";

std::string ratio_to(double value, std::optional<double> floor) {
  return floor && *floor > 0 ? ratio_text(value / *floor) : kNone;
}

std::optional<double> median_of(const std::optional<Spread>& spread) {
  return spread ? std::optional(spread->median) : std::nullopt;
}

// "12.0 M/s", and what the repetitions strayed: "11.2 to 12.9 M/s".
std::string range_text(const Spread& spread, std::string (*text)(double)) {
  if (spread.repetitions < 2) return kNone;
  return text(spread.min) + " to " + text(spread.max);
}

std::string workers_text(double workers) {
  return workers == 1 ? "1 worker" : fmt::format("{:.0f} workers", workers);
}

PageData throughput_rows(const Figures& figures) {
  PageData list = PageData::list();
  for (const ThroughputSeries& series : figures.throughput) {
    for (const ThroughputPoint& point : series.points) {
      PageData row;
      row["payload"] = bytes_text(series.payload);
      row["workers"] = fmt::format("{:.0f}", point.workers);
      row["rate"] = rate_text(point.per_s.median);
      row["range"] = range_text(point.per_s, rate_text);
      row["to_ring"] = ratio_to(point.per_s.median, median_of(series.ring_pair));
      row["to_pair"] = ratio_to(point.per_s.median, median_of(series.socketpair));
      row["starts_group"] = &point == &series.points.front();
      list.push_back(row);
    }
  }
  return list;
}

const char* stage_text(const std::string& stage) {
  if (stage == "detect") return "death detected";
  if (stage == "ready") return "replacement ready";
  return stage == "refill" ? "a new worker ready" : "the victim's task done";
}

PageData recovery_row(const Figures& figures, const RecoveryPoint& point,
                      const LatencySpread& latency) {
  const double p50 = latency.at("p50").median;
  PageData row;
  row["condition"] = text_or_false(point.condition);
  row["workers"] = fmt::format("{:.0f}", point.workers);
  row["kills"] = point.kills > 0 ? fmt::format("{:.0f}", point.kills) : kNone;
  for (const char* quantile : kLatencyQuantiles) {
    row[quantile] = time_text(latency.at(quantile).median);
  }
  row["to_pidfd"] = ratio_to(p50, figures.floor_p50("kill_to_pidfd"));
  row["to_futex"] = ratio_to(p50, figures.floor_p50("kill_to_robust_futex"));
  return row;
}

PageData recovery_rows(const Figures& figures) {
  PageData list = PageData::list();
  for (const char* stage : kRecoveryStages) {
    const std::string* condition = nullptr;
    for (const RecoveryPoint& point : figures.recovery) {
      const auto latency = point.by_stage.find(stage);
      if (latency == point.by_stage.end()) continue;
      PageData row = recovery_row(figures, point, latency->second);
      row["stage"] = stage_text(stage);
      row["starts_group"] = condition == nullptr || *condition != point.condition;
      condition = &point.condition;
      list.push_back(row);
    }
  }
  return list;
}

PageData floor_rows(const Figures& figures) {
  PageData list = PageData::list();
  for (const LatencyFloor& floor : figures.latency_floors) {
    PageData row;
    row["name"] = floor_label(floor.name);
    for (const char* quantile : kLatencyQuantiles) {
      row[quantile] = time_text(floor.latency.at(quantile).median);
    }
    row["range"] = range_text(floor.latency.at("p50"), time_text);
    list.push_back(row);
  }
  return list;
}

PageData rate_floor_rows(const Figures& figures) {
  PageData list = PageData::list();
  for (const ThroughputFloor& floor : figures.throughput_floors) {
    PageData row;
    row["name"] = floor_label(floor);
    row["payload"] = floor.payload > 0 ? bytes_text(floor.payload) : kNone;
    row["rate"] = rate_text(floor.per_s.median);
    row["range"] = range_text(floor.per_s, rate_text);
    list.push_back(row);
  }
  return list;
}

PageData other_rows(const Figures& figures) {
  PageData list = PageData::list();
  for (const Benchmark& benchmark : figures.others) {
    PageData row;
    row["name"] = benchmark.name;
    const auto time = benchmark.counter("real_time");
    const auto rate = benchmark.counter("items_per_second");
    row["time"] = time ? time_text(time->median) : kNone;
    row["range"] = time ? range_text(*time, time_text) : kNone;
    row["rate"] = rate ? rate_text(rate->median) : kNone;
    list.push_back(row);
  }
  return list;
}

PageData unmeasured_rows(const Figures& figures) {
  PageData list = PageData::list();
  for (const Unmeasured& missing : figures.unmeasured) {
    PageData row;
    row["name"] = missing.name;
    row["reason"] = missing.reason;
    list.push_back(row);
  }
  return list;
}

// What one would quote: the best throughput of each payload, and recovery at its best, as ratios.
PageData key_figures(const Figures& figures) {
  PageData list = PageData::list();
  for (const ThroughputSeries& series : figures.over_workers()) {
    const auto best = std::max_element(
        series.points.begin(), series.points.end(),
        [](const auto& a, const auto& b) { return a.per_s.median < b.per_s.median; });
    const std::string beside =
        series.ring_pair
            ? ratio_to(best->per_s.median, series.ring_pair->median) + " of the bare ring pair"
            : "no floor in this file";
    list.push_back(figure_data("tasks of " + bytes_text(series.payload),
                               rate_text(best->per_s.median),
                               workers_text(best->workers) + ", " + beside));
  }
  const auto pidfd = figures.floor_p50("kill_to_pidfd");
  for (const char* stage : kRecoveryStages) {
    const RecoveryPoint* best = nullptr;
    for (const RecoveryPoint& point : figures.recovery) {
      if (!point.by_stage.contains(stage) || !point.condition.empty()) continue;
      const auto p50_at = [&](const RecoveryPoint& at) {
        return at.by_stage.at(stage).at("p50").median;
      };
      if (best == nullptr || p50_at(point) < p50_at(*best)) best = &point;
    }
    if (best == nullptr) continue;
    const double p50 = best->by_stage.at(stage).at("p50").median;
    list.push_back(figure_data(
        stage_text(stage), time_text(p50),
        workers_text(best->workers) + ", " +
            (pidfd ? ratio_to(p50, pidfd) + " of SIGKILL to pidfd" : "no floor in this file")));
  }
  return list;
}

}  // namespace

PageData bench_data(const BenchSection& section, const std::string& id) {
  const Figures& figures = section.figures;
  PageData data;
  data["id"] = id;
  data["name"] = section.bench.title;
  data["class"] = section.demands ? "v-" + section.demands->verdict : std::string("v-bench");
  data["has_thresholds"] = section.demands.has_value();
  data["thresholds"] = section.demands ? thresholds_data(*section.demands) : PageData::list();
  data["statement"] = section.demands ? statement_of(*section.demands) : "";
  data["figures"] = key_figures(figures);
  data["has_figures"] = !data["figures"].empty();
  data["throughput"] = throughput_rows(figures);
  data["has_throughput"] = !figures.throughput.empty();
  data["throughput_chart"] = chart_data(section.drawing, "throughput");
  data["payload_chart"] = chart_data(section.drawing, "throughput-payload");
  data["recovery"] = recovery_rows(figures);
  data["has_recovery"] = !figures.recovery.empty();
  data["recovery_chart"] = chart_data(section.drawing, "recovery");
  data["latency_floors"] = floor_rows(figures);
  data["has_latency_floors"] = !figures.latency_floors.empty();
  data["rate_floors"] = rate_floor_rows(figures);
  data["has_rate_floors"] = !figures.throughput_floors.empty();
  data["has_floors"] = !figures.latency_floors.empty() || !figures.throughput_floors.empty();
  data["floors_chart"] = chart_data(section.drawing, "floors");
  const bool has_charts = !section.drawing.charts.empty();
  for (const char* table : {"throughput", "recovery", "latency_floors", "rate_floors"}) {
    data[std::string("fold_") + table] = fold_data(data[table].size(), has_charts);
  }
  data["sections"] = bench_sections(section, id);
  data["others"] = other_rows(figures);
  data["has_others"] = !figures.others.empty();
  data["unmeasured"] = unmeasured_rows(figures);
  data["has_unmeasured"] = !figures.unmeasured.empty();
  data["context"] = facts_data(section.bench.context);
  std::vector<std::string> notes = section.bench.remarks;
  notes.insert(notes.end(), section.drawing.problems.begin(), section.drawing.problems.end());
  data["notes"] = sentences_data(notes);
  data["has_notes"] = !notes.empty();
  return data;
}

}  // namespace revenant::reports
