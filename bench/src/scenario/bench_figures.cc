#include "bench/src/scenario/bench_figures.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string_view>

#include "bench/src/median_ratio.h"
#include "chaos/src/scenario/chaos_figures.h"
#include "chaos/src/scenario/threshold_result.h"

namespace revenant::bench {
namespace {

using chaos::Dimension;

// What one of a counter is, in base units.
struct CounterUnit {
  std::string_view ending;
  double factor;
  Dimension dimension;
};
constexpr CounterUnit kCounterUnits[] = {{"bytes_per_second", 1, chaos::kBytesPerSecond},
                                         {"_per_second", 1, chaos::kRate},
                                         {"_us", 1e-6, chaos::kTime},
                                         {"p50", 1e-6, chaos::kTime},
                                         {"p90", 1e-6, chaos::kTime},
                                         {"p99", 1e-6, chaos::kTime},
                                         {"max", 1e-6, chaos::kTime},
                                         {"mean", 1e-6, chaos::kTime},
                                         {"_kib", 1024, chaos::kBytes}};

bool is_clock(std::string_view counter) { return counter == "real_time" || counter == "cpu_time"; }

// The clocks are scaled by the file's own time_unit.
CounterUnit unit_of(std::string_view counter) {
  if (is_clock(counter)) return {counter, 1, chaos::kTime};
  for (const CounterUnit& unit : kCounterUnits) {
    if (counter.ends_with(unit.ending)) return unit;
  }
  return {counter, 1, chaos::kCount};
}

std::pair<std::string, std::string> split_figure(const std::string& figure) {
  const auto dot = figure.rfind('.');
  if (dot == figure.npos) return {figure, ""};
  return {figure.substr(0, dot), figure.substr(dot + 1)};
}

double seconds_of(const std::string& unit) {
  if (unit == "s") return 1;
  if (unit == "ms") return 1e-3;
  return unit == "us" ? 1e-6 : 1e-9;
}

// NAME.COUNTER with a value a repetition, in base units.
using Series = std::map<std::string, std::vector<double>>;

Series read_series(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path + ": cannot be read");
  const auto file = nlohmann::json::parse(in);
  Series series;
  for (const auto& row : file.at("benchmarks")) {
    if (row.value("run_type", "iteration") != "iteration" || row.contains("error_occurred"))
      continue;
    const std::string name = row.at("name");
    const double clock = seconds_of(row.value("time_unit", "ns"));
    for (const auto& [key, value] : row.items()) {
      if (!value.is_number()) continue;
      const double factor = is_clock(key) ? clock : unit_of(key).factor;
      series[name + "." + key].push_back(value.get<double>() * factor);
    }
  }
  return series;
}

chaos::Measured ruling_measured(chaos::Ruling verdict) {
  return {chaos::value_of(verdict), std::string(chaos::to_string(verdict))};
}

}  // namespace

chaos::FigureCatalogue bench_figures(const std::vector<std::string>& benchmarks) {
  chaos::FigureCatalogue catalogue;
  const std::set<std::string> known(benchmarks.begin(), benchmarks.end());
  catalogue.find = [known](const std::string& name) -> std::optional<chaos::Figure> {
    if (const auto ruling = chaos::ruling_figure(name)) return ruling;
    const auto [benchmark, counter] = split_figure(name);
    if (counter.empty() || !known.contains(benchmark)) return std::nullopt;
    return chaos::Figure{.dimension = unit_of(counter).dimension};
  };
  catalogue.names = {"verdict"};
  for (const std::string& each : benchmarks) {
    catalogue.names.push_back(each + ".items_per_second");
    catalogue.names.push_back(each + ".real_time");
    catalogue.names.push_back(each + ".p99");
  }
  return catalogue;
}

chaos::Measurements read_measurements(const std::string& path, chaos::Ruling verdict) {
  return [series = read_series(path),
          verdict](const std::string& name) -> std::optional<chaos::Measured> {
    if (name == "verdict") return ruling_measured(verdict);
    const auto found = series.find(name);
    if (found == series.end()) return std::nullopt;
    const double median = median_of(found->second).median;
    std::string shown =
        chaos::format_quantity(median, unit_of(split_figure(name).second).dimension);
    const std::size_t repetitions = found->second.size();
    if (repetitions > 1) shown += ", the median of " + std::to_string(repetitions);
    return chaos::Measured{median, shown};
  };
}

}  // namespace revenant::bench
