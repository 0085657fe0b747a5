// What the benchmarks of a file say: throughput and recovery over workers, each beside its floor.
//
// Benchmarks are known by their names (reports/FORMAT.md). What is not known by name is kept apart
// and shown as it is. Pure: any thread, no state.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reports/src/bench_file.h"

namespace revenant::reports {

struct ThroughputPoint {
  double workers = 0;
  Spread per_s;
};

// Of one size of payload.
struct ThroughputSeries {
  double payload = 0;                   // bytes
  std::vector<ThroughputPoint> points;  // by workers, ascending
  std::optional<Spread> ring_pair;      // floor: two processes and a bare ring
  std::optional<Spread> socketpair;     // what one way through a socket pair carries
};

// p50, p90, p99 and max, each over the repetitions; in microseconds.
using LatencySpread = std::map<std::string, Spread>;

struct RecoveryPoint {
  std::string condition;  // "" or what was different: "no spare", "idle processors"
  double workers = 0;
  double kills = 0;                               // over all repetitions
  std::map<std::string, LatencySpread> by_stage;  // detect, ready, refill, task
};

struct LatencyFloor {
  std::string name;  // kill_to_pidfd …
  LatencySpread latency;
};

struct ThroughputFloor {
  std::string name;  // ring_pair …
  double payload = 0;
  Spread per_s;
  std::vector<std::pair<std::string, double>> arguments = {};  // but for the payload
};

struct Unmeasured {
  std::string name;
  std::string reason;
};

struct Figures {
  std::vector<ThroughputSeries> throughput;  // by payload, ascending
  std::vector<RecoveryPoint> recovery;       // by condition, then by workers
  std::vector<LatencyFloor> latency_floors;
  std::vector<ThroughputFloor> throughput_floors;
  // Of the curves, by name: what varies is an argument of the benchmark.
  std::vector<Benchmark> one_kill;
  std::vector<Benchmark> goodput;
  std::vector<Benchmark> memory;
  std::vector<Benchmark> sized_floors;  // "floor/kill_to_pidfd/victim_mib:256"
  std::vector<Benchmark> others;
  std::vector<Unmeasured> unmeasured;

  // The median p50 of that latency floor.
  [[nodiscard]] std::optional<double> floor_p50(const std::string& name) const;
  // The same with its spread over the repetitions.
  [[nodiscard]] std::optional<Spread> floor_spread(const std::string& name) const;
  // Those payloads of which there is throughput over workers; all, where that is of one number.
  [[nodiscard]] std::vector<ThroughputSeries> over_workers() const;
};

inline constexpr const char* kRecoveryStages[] = {"detect", "ready", "refill", "task"};
inline constexpr const char* kLatencyQuantiles[] = {"p50", "p90", "p99", "max"};

Figures figures_of(const BenchFile& file);

}  // namespace revenant::reports
