#include "reports/src/figures.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace revenant::reports {
namespace {

// The four quantiles whose counters begin with `prefix`, where all of them are there. Zeros are
// what is exported where there was no sample: nothing that was timed takes no time.
std::optional<LatencySpread> latency_of(const Benchmark& benchmark, const std::string& prefix) {
  LatencySpread latency;
  for (const char* quantile : kLatencyQuantiles) {
    const auto counter = benchmark.counter(prefix + quantile);
    if (!counter) return std::nullopt;
    latency[quantile] = *counter;
  }
  if (latency["max"].max <= 0) return std::nullopt;
  return latency;
}

ThroughputSeries& series_of(std::vector<ThroughputSeries>& all, double payload) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& series) { return series.payload == payload; });
  if (found != all.end()) return *found;
  all.push_back({.payload = payload, .points = {}, .ring_pair = {}, .socketpair = {}});
  return all.back();
}

bool take_throughput(const Benchmark& benchmark, Figures& figures) {
  const auto workers = benchmark.argument("workers");
  const auto payload = benchmark.argument("payload");
  const auto per_s = benchmark.counter("items_per_second");
  if (benchmark.family != "throughput/noop" || !workers || !payload || !per_s) return false;
  if (per_s->median <= 0) return false;  // no rate at all: shown as it is, among the others
  series_of(figures.throughput, *payload).points.push_back({*workers, *per_s});
  return true;
}

bool take_recovery(const Benchmark& benchmark, Figures& figures) {
  const auto workers = benchmark.argument("workers");
  constexpr std::string_view kFamily = "recovery";
  if (!benchmark.family.starts_with(kFamily) || !workers) return false;
  RecoveryPoint point;
  point.condition = benchmark.family.substr(kFamily.size());
  std::replace(point.condition.begin(), point.condition.end(), '_', ' ');
  if (!point.condition.empty()) point.condition.erase(0, 1);
  point.workers = *workers;
  if (const auto kills = benchmark.counter("kills")) {
    point.kills = kills->median * static_cast<double>(kills->repetitions);
  }
  for (const char* stage : kRecoveryStages) {
    if (auto latency = latency_of(benchmark, std::string(stage) + "_")) {
      point.by_stage[stage] = std::move(*latency);
    }
  }
  if (point.by_stage.empty()) return false;
  figures.recovery.push_back(std::move(point));
  return true;
}

bool take_floor(const Benchmark& benchmark, Figures& figures) {
  constexpr std::string_view kPrefix = "floor/";
  if (!benchmark.family.starts_with(kPrefix)) return false;
  const std::string name = benchmark.family.substr(kPrefix.size());
  if (benchmark.argument("victim_mib") || benchmark.argument("caller_mib")) {
    figures.sized_floors.push_back(benchmark);
    return true;
  }
  if (auto latency = latency_of(benchmark, "")) {
    figures.latency_floors.push_back({name, std::move(*latency)});
    return true;
  }
  const auto per_s = benchmark.counter("items_per_second");
  if (!per_s) return false;
  ThroughputFloor floor{name, benchmark.argument("payload").value_or(0), *per_s,
                        benchmark.arguments};
  std::erase_if(floor.arguments, [](const auto& given) { return given.first == "payload"; });
  figures.throughput_floors.push_back(std::move(floor));
  return true;
}

bool take_curve(const Benchmark& benchmark, Figures& figures) {
  if (benchmark.family == "one_kill") {
    figures.one_kill.push_back(benchmark);
  } else if (benchmark.family == "goodput") {
    figures.goodput.push_back(benchmark);
  } else if (benchmark.family == "memory") {
    figures.memory.push_back(benchmark);
  } else {
    // The peers' are told with all that belongs to them (peers_file.h).
    return benchmark.family.starts_with("peers/");
  }
  return true;
}

void put_floors_beside(Figures& figures) {
  for (ThroughputSeries& series : figures.throughput) {
    for (const ThroughputFloor& floor : figures.throughput_floors) {
      if (floor.payload != series.payload) continue;
      if (floor.name == "ring_pair") series.ring_pair = floor.per_s;
      if (floor.name == "socketpair_stream") series.socketpair = floor.per_s;
    }
  }
}

}  // namespace

std::optional<Spread> Figures::floor_spread(const std::string& name) const {
  for (const LatencyFloor& floor : latency_floors) {
    if (floor.name == name) return floor.latency.at("p50");
  }
  return std::nullopt;
}

std::optional<double> Figures::floor_p50(const std::string& name) const {
  const auto spread = floor_spread(name);
  return spread ? std::optional(spread->median) : std::nullopt;
}

std::vector<ThroughputSeries> Figures::over_workers() const {
  std::vector<ThroughputSeries> several = throughput;
  std::erase_if(several, [](const ThroughputSeries& series) { return series.points.size() < 2; });
  return several.empty() ? throughput : several;
}

Figures figures_of(const BenchFile& file) {
  Figures figures;
  for (const Benchmark& benchmark : file.benchmarks) {
    if (!benchmark.error.empty()) {
      figures.unmeasured.push_back({benchmark.name, benchmark.error});
    } else if (!take_throughput(benchmark, figures) && !take_recovery(benchmark, figures) &&
               !take_floor(benchmark, figures) && !take_curve(benchmark, figures)) {
      figures.others.push_back(benchmark);
    }
  }
  put_floors_beside(figures);
  for (auto* const curve :
       {&figures.one_kill, &figures.goodput, &figures.memory, &figures.sized_floors}) {
    // As numbers: by name, 1024 comes before 2.
    std::sort(curve->begin(), curve->end(), [](const Benchmark& a, const Benchmark& b) {
      return std::tie(a.family, a.arguments) < std::tie(b.family, b.arguments);
    });
  }
  std::ranges::stable_sort(figures.throughput_floors, [](const auto& a, const auto& b) {
    return std::tie(a.name, a.payload, a.arguments) < std::tie(b.name, b.payload, b.arguments);
  });
  std::sort(figures.throughput.begin(), figures.throughput.end(),
            [](const auto& a, const auto& b) { return a.payload < b.payload; });
  for (ThroughputSeries& series : figures.throughput) {
    std::sort(series.points.begin(), series.points.end(),
              [](const auto& a, const auto& b) { return a.workers < b.workers; });
  }
  std::sort(figures.recovery.begin(), figures.recovery.end(), [](const auto& a, const auto& b) {
    return std::tie(a.condition, a.workers) < std::tie(b.condition, b.workers);
  });
  return figures;
}

}  // namespace revenant::reports
