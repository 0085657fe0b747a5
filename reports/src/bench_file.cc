#include "reports/src/bench_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "reports/src/bench_name.h"
#include "reports/src/input_error.h"
#include "reports/src/json_file.h"
#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

using nlohmann::json;

constexpr std::size_t kBenchmarksMax = 5000;

Benchmark named(const std::string& run_name) {
  Benchmark benchmark;
  std::string_view rest(run_name);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string segment(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (is_manner(segment)) continue;
    if (!benchmark.name.empty()) benchmark.name += '/';
    benchmark.name += segment;
    const std::size_t colon = segment.find(':');
    char* after = nullptr;
    const double value =
        colon == segment.npos ? NAN : std::strtod(segment.c_str() + colon + 1, &after);
    if (std::isfinite(value) && after != segment.c_str() + colon + 1 && *after == '\0') {
      benchmark.arguments.emplace_back(segment.substr(0, colon), value);
    } else if (benchmark.arguments.empty()) {
      if (!benchmark.family.empty()) benchmark.family += '/';
      benchmark.family += segment;
    }
  }
  return benchmark;
}

// The rows of one benchmark: those of its repetitions, and those that sum them up.
struct Rows {
  Benchmark benchmark;
  std::map<std::string, std::vector<double>> repetitions;
  std::map<std::string, double> median;
};

void add_row(const json& row, Rows& rows) {
  if (const auto failed = row.find("error_occurred");
      failed != row.end() && failed->is_boolean() && failed->get<bool>()) {
    // Of the repetitions behind the first one that failed, some say no more than that.
    if (!rows.benchmark.error.empty()) return;
    rows.benchmark.error = text_at(row, "error_message");
    if (rows.benchmark.error.empty()) rows.benchmark.error = "no reason was given";
    return;
  }
  if (rows.benchmark.label.empty()) rows.benchmark.label = text_at(row, "label");
  const bool is_aggregate = text_at(row, "run_type") == "aggregate";
  if (is_aggregate && text_at(row, "aggregate_name") != "median") return;
  const auto add = [&](const std::string& counter, double value) {
    if (!std::isfinite(value)) return;
    if (is_aggregate) {
      rows.median[counter] = value;
    } else {
      rows.repetitions[counter].push_back(value);
    }
  };
  for (const auto& [key, value] : row.items()) {
    if (value.is_number() && !is_bookkeeping(key)) add(plain_text(key, 100), value.get<double>());
  }
  if (const auto time = number_at(row, "real_time")) {
    add("real_time", *time * microseconds_per(text_at(row, "time_unit")));
  }
}

Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  const double median =
      values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {median, values.front(), values.back(), values.size()};
}

Benchmark finish(Rows rows) {
  Benchmark benchmark = std::move(rows.benchmark);
  // One failed repetition spoils the figure: what made it fail may have slowed down the others.
  if (!benchmark.error.empty()) return benchmark;
  for (auto& [counter, values] : rows.repetitions) {
    benchmark.counters[counter] = spread_of(std::move(values));
  }
  if (rows.repetitions.empty()) {
    for (const auto& [counter, value] : rows.median) {
      benchmark.counters[counter] = {value, value, value, 1};
    }
  }
  return benchmark;
}

std::vector<std::pair<std::string, std::string>> context_of(const json& file) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (const auto& [key, value] : object_at(file, "context").items()) {
    // Caches are a long list, and Debian's library always calls itself a debug build.
    if (key == "caches" || key == "library_build_type") continue;
    if (facts.size() < 40) facts.emplace_back(plain_text(key, 100), shown_value(value));
  }
  return facts;
}

// A machine that had more to run than processors when the figures were taken.
void remark_on_load(const json& file, std::vector<std::string>& remarks) {
  const json& context = object_at(file, "context");
  const auto load = context.find("load_avg");
  const auto processors = number_at(context, "num_cpus");
  if (!processors || load == context.end() || !load->is_array() || load->empty()) return;
  if (!load->front().is_number() || load->front().get<double>() <= *processors) return;
  remarks.push_back(fmt::format(
      "The machine was busy: at the start its load average was {:.1f} on {:.0f} processors. The "
      "figures say what this pool did then; do not quote them.",
      load->front().get<double>(), *processors));
}

void remark_on_labels(const std::vector<Benchmark>& benchmarks, std::vector<std::string>& remarks) {
  constexpr std::size_t kRemarksMax = 20;
  for (const Benchmark& benchmark : benchmarks) {
    // That the early notice was in use is the ordinary case.
    if (benchmark.label.empty() || benchmark.label == "early notice") continue;
    if (remarks.size() == kRemarksMax) return;
    remarks.push_back(benchmark.name + ": " + benchmark.label + ".");
  }
}

}  // namespace

std::optional<double> Benchmark::argument(const std::string& key) const {
  for (const auto& given : arguments) {
    if (given.first == key) return given.second;
  }
  return std::nullopt;
}

std::optional<Spread> Benchmark::counter(const std::string& key) const {
  const auto found = counters.find(key);
  return found == counters.end() ? std::nullopt : std::optional(found->second);
}

const json& benchmark_rows(const json& file, const std::filesystem::path& path) {
  const auto list = file.find("benchmarks");
  if (list != file.end() && list->is_array()) return *list;
  throw InputError(path.string(),
                   "has no list \"benchmarks\"; give a file that `revenant bench` or another "
                   "Google Benchmark program wrote, or a run folder");
}

BenchFile read_bench_file(const std::filesystem::path& path) {
  const json file = read_json_file(path);
  std::vector<Rows> all;
  std::map<std::string, std::size_t> index;
  for (const json& row : benchmark_rows(file, path)) {
    if (!row.is_object()) continue;
    std::string run_name = text_at(row, "run_name");
    if (run_name.empty()) run_name = text_at(row, "name");
    Benchmark benchmark = named(run_name);
    const auto [place, is_new] = index.try_emplace(benchmark.name, all.size());
    if (is_new && all.size() == kBenchmarksMax) break;
    if (is_new) all.push_back({std::move(benchmark), {}, {}});
    add_row(row, all[place->second]);
  }
  if (all.empty()) throw InputError(path.string(), "\"benchmarks\" is empty: nothing was measured");
  BenchFile bench;
  bench.title = plain_text(path.filename().string(), 100);
  bench.context = context_of(file);
  bench.peers = read_peers(file);
  for (Rows& rows : all) bench.benchmarks.push_back(finish(std::move(rows)));
  // A shuffled run leaves them in no order.
  std::stable_sort(bench.benchmarks.begin(), bench.benchmarks.end(),
                   [](const Benchmark& a, const Benchmark& b) { return a.name < b.name; });
  remark_on_load(file, bench.remarks);
  remark_on_labels(bench.benchmarks, bench.remarks);
  return bench;
}

}  // namespace revenant::reports
