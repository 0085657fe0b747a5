#include "reports/src/compare/bench_samples.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>

#include "reports/src/bench_file.h"
#include "reports/src/bench_name.h"
#include "reports/src/compare/bootstrap.h"
#include "reports/src/input_error.h"
#include "reports/src/json_file.h"
#include "reports/src/plain_text.h"

namespace revenant::reports::compare {
namespace {

using nlohmann::json;

constexpr std::size_t kFiguresMax = 20'000;

struct Collected {
  CounterKind kind;
  std::vector<double> repetitions;
  std::optional<double> median;  // as the file itself says
};

class Collector {
 public:
  explicit Collector(const CounterRules& rules) : rules_(rules) {}

  void take(const json& row) {
    std::string benchmark = text_at(row, "run_name");
    if (benchmark.empty()) benchmark = text_at(row, "name");
    benchmark = name_without_manner(benchmark);
    if (const auto failed = row.find("error_occurred");
        failed != row.end() && failed->is_boolean() && failed->get<bool>()) {
      const std::string reason = text_at(row, "error_message");
      failed_[benchmark] = reason.empty() ? "ended in an error" : "ended in an error: " + reason;
      return;
    }
    const bool is_aggregate = text_at(row, "run_type") == "aggregate";
    if (is_aggregate && text_at(row, "aggregate_name") != "median") return;
    for (const auto& [key, value] : row.items()) {
      if (!value.is_number() || is_bookkeeping(key)) continue;
      const std::string counter = plain_text(key, 100);
      const std::string figure = benchmark + "/" + counter;
      if (const auto kind = kind_of_counter(counter, figure, rules_)) {
        add(figure, *kind, value.get<double>(), is_aggregate);
        if (kind->replaces_time) without_time_.insert(benchmark);
      } else {
        unknown_.insert(counter);
      }
    }
    add_time(row, benchmark, "real_time", is_aggregate);
    if (rules_.cpu_time) add_time(row, benchmark, "cpu_time", is_aggregate);
  }

  Side finish(SampleOf sample_of) {
    Side side;
    for (const std::string& benchmark : without_time_) {
      collected_.erase(benchmark + "/real_time");
      // The same rate in another unit would be a question more, and no answer more.
      if (collected_.contains(benchmark + "/items_per_second")) {
        collected_.erase(benchmark + "/bytes_per_second");
      }
    }
    for (const auto& [benchmark, reason] : failed_) {
      // One failed repetition spoils all: what made it fail may have slowed down the others.
      std::erase_if(collected_, [&name = benchmark](const auto& entry) {
        return entry.first.substr(0, entry.first.rfind('/')) == name;
      });
      side.spoiled[benchmark] = reason;
    }
    for (auto& [figure, collected] : collected_) {
      std::vector<double>& values = collected.repetitions;
      if (sample_of == SampleOf::input && !values.empty()) values = {median(values)};
      if (sample_of == SampleOf::input && values.empty()) values = {*collected.median};
      if (values.empty()) {
        side.spoiled[figure] =
            "has aggregates only; samples are the repetitions, which "
            "--benchmark_report_aggregates_only leaves out";
      } else {
        side.figures[figure] = {collected.kind.better, collected.kind.unit, std::move(values)};
      }
    }
    if (!unknown_.empty()) side.notes.push_back(note_on_unknown());
    return side;
  }

 private:
  void add(const std::string& figure, const CounterKind& kind, double value, bool is_aggregate) {
    Collected& collected = collected_[figure];
    if (collected_.size() > kFiguresMax) throw InputError(figure, "is one figure too many");
    collected.kind = kind;
    if (is_aggregate) {
      collected.median = value;
    } else {
      collected.repetitions.push_back(value);
    }
  }

  void add_time(const json& row, const std::string& benchmark, const char* key, bool is_aggregate) {
    if (const auto time = number_at(row, key)) {
      add(benchmark + "/" + key, {Better::less, Unit::microseconds, false},
          *time * microseconds_per(text_at(row, "time_unit")), is_aggregate);
    }
  }

  [[nodiscard]] std::string note_on_unknown() const {
    std::string names;
    for (const std::string& name : unknown_) names += (names.empty() ? "" : ", ") + name;
    return "Left out, because the names do not say whether more or less is better: " +
           plain_text(names, 300) + " (--more PATTERN, --less PATTERN).";
  }

  const CounterRules& rules_;
  std::map<std::string, Collected> collected_;
  std::map<std::string, std::string> failed_;
  std::set<std::string> without_time_;  // benchmarks that say more than a mean time
  std::set<std::string> unknown_;       // counters
};

}  // namespace

Side read_bench_samples(const std::filesystem::path& path, SampleOf sample_of,
                        const CounterRules& rules) {
  const json file = read_json_file(path);
  Collector collector(rules);
  for (const json& row : benchmark_rows(file, path)) {
    if (row.is_object()) collector.take(row);
  }
  return collector.finish(sample_of);
}

}  // namespace revenant::reports::compare
