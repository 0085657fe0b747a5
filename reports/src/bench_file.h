// Google Benchmark's JSON, with the repetitions of each benchmark brought together.
//
// Any program's file will do; what its figures mean is told by their names (figures.h). Any thread;
// no state.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reports/src/peers_file.h"

namespace revenant::reports {

// One counter over the repetitions of one benchmark. The extremes are the spread that is quoted:
// from a handful of repetitions, more than that would be guessing.
struct Spread {
  double median = 0;
  double min = 0;
  double max = 0;
  std::size_t repetitions = 0;
};

struct Benchmark {
  std::string name;    // without what says how it was measured: /iterations:…, /manual_time …
  std::string family;  // the segments before the first argument: "throughput/noop"
  std::vector<std::pair<std::string, double>> arguments;  // workers 4, payload 64
  std::map<std::string, Spread> counters;  // user counters, items_per_second, real_time (in us)
  std::string label;                       // what the benchmark itself says of the figure
  std::string error;                       // why it was not measured; then there are no counters

  [[nodiscard]] std::optional<double> argument(const std::string& key) const;
  [[nodiscard]] std::optional<Spread> counter(const std::string& key) const;
};

struct BenchFile {
  std::string title;                                         // the file's name
  std::vector<std::pair<std::string, std::string>> context;  // machine, commit, options …
  std::vector<Benchmark> benchmarks;                         // in the order of their names
  Peers peers;                                               // empty in files of other programs
  std::vector<std::string> remarks;  // what a reader has to know before quoting a figure
};

// The list "benchmarks" of such a file. Throws InputError, naming `path`, if there is none.
const nlohmann::json& benchmark_rows(const nlohmann::json& file, const std::filesystem::path& path);

// Throws InputError if the file is not JSON or has no "benchmarks", and if nothing is in them.
BenchFile read_bench_file(const std::filesystem::path& path);

}  // namespace revenant::reports
