// How much is measured: the sizes of a full, a quick and a smoke run.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace revenant::bench {

struct Effort {
  std::string_view name;
  // Google Benchmark sees one value a repetition; its mean, median and spread are over these.
  int repetitions = 7;
  // Of the throughput figures, a repetition.
  double min_time_seconds = 0.3;
  // Samples a repetition of the floors that a spinning pair, a sleeping pair, and a death or a
  // birth give.
  std::int64_t spinning_round_trips = 200'000;
  std::int64_t sleeping_round_trips = 5'000;
  std::int64_t paused_round_trips = 1'000;
  std::int64_t processes = 400;
  // A 95 % interval for the 99th percentile exists from so many samples on: a repetition can be
  // quoted by itself.
  int recovery_repetitions = 3;
  std::int64_t kills = 368;
  // Of what is slow to prepare: victims and callers of a size, many workers.
  int slow_repetitions = 3;

  // Of the three repetitions: a large victim is made large anew for every kill.
  [[nodiscard]] std::int64_t kills_of_size(std::size_t bytes) const {
    if (bytes < (std::size_t{16} << 20)) return kills / 2;
    return std::max<std::int64_t>(kills / (bytes < (std::size_t{256} << 20) ? 4 : 5), 1);
  }

  // Of the goals (--goals): rounds in which every arm is measured once, how long a throughput is
  // measured in each, and how many kills or other incidents a round has.
  unsigned rounds = 11;
  unsigned rounds_of_many = 11;  // where a round starts thousands of processes
  double round_seconds = 0.3;
  unsigned kills_a_round = 20;
  // Over so many tasks is counted what can be counted.
  std::uint64_t counted_tasks = 1'000'000;
  std::chrono::milliseconds idle_time{5000};
  double goodput_seconds = 2;
  std::uint64_t protocol_tasks = 300'000;
  std::uint64_t history_events = 10'000'000;

  // The largest of what is measured by size: points of the benchmarks, and of the goals. Memory is
  // made resident and workers are started anew for them, which takes far longer than what is
  // measured.
  std::int64_t workers_max = 1024;
  std::int64_t victim_mib_max = 1024;
  std::int64_t caller_mib_max = 4096;
  std::int64_t goal_mib_max = 4096;
  std::size_t many_workers = 1000;
};

inline constexpr Effort kFull{.name = "full"};
inline constexpr Effort kQuick{.name = "quick",
                               .repetitions = 3,
                               .min_time_seconds = 0.05,
                               .spinning_round_trips = 50'000,
                               .sleeping_round_trips = 2'000,
                               .paused_round_trips = 200,
                               .processes = 100,
                               .recovery_repetitions = 1,
                               .kills = 40,
                               .slow_repetitions = 1,
                               .rounds = 5,
                               .rounds_of_many = 3,
                               .round_seconds = 0.05,
                               .kills_a_round = 5,
                               .counted_tasks = 200'000,
                               .idle_time = std::chrono::milliseconds(2000),
                               .goodput_seconds = 0.4,
                               .protocol_tasks = 50'000,
                               .history_events = 1'000'000,
                               .workers_max = 64,
                               .victim_mib_max = 256,
                               .caller_mib_max = 256};
// Every benchmark once, as small as it goes: that it runs, not what it measures.
inline constexpr Effort kSmoke{.name = "smoke",
                               .repetitions = 1,
                               .min_time_seconds = 0.001,
                               .spinning_round_trips = 1'000,
                               .sleeping_round_trips = 100,
                               .paused_round_trips = 20,
                               .processes = 5,
                               .recovery_repetitions = 1,
                               .kills = 3,
                               .slow_repetitions = 1,
                               .rounds = 2,
                               .rounds_of_many = 1,
                               .round_seconds = 0.002,
                               .kills_a_round = 1,
                               .counted_tasks = 5'000,
                               .idle_time = std::chrono::milliseconds(100),
                               .goodput_seconds = 0.05,
                               .protocol_tasks = 1'000,
                               .history_events = 20'000,
                               .workers_max = 64,
                               .victim_mib_max = 64,
                               .caller_mib_max = 64,
                               .goal_mib_max = 64,
                               .many_workers = 70};

}  // namespace revenant::bench
