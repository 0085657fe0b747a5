// How much is measured: the sizes of a full, a quick and a smoke run.
#pragma once

#include <cstdint>
#include <string_view>

namespace revenant::bench {

struct Effort {
  std::string_view name;
  // Google Benchmark sees one value a repetition; its mean, median and spread are over these.
  int repetitions = 9;
  // Of the throughput figures, a repetition.
  double min_time_seconds = 0.3;
  // Samples a repetition of the floors that a spinning pair, a sleeping pair, and a death or a
  // birth give.
  std::int64_t spinning_round_trips = 200'000;
  std::int64_t sleeping_round_trips = 5'000;
  std::int64_t processes = 400;
  // A 95 % interval for the 99th percentile exists from 368 samples on: a repetition can be quoted
  // by itself.
  int recovery_repetitions = 3;
  std::int64_t kills = 400;
};

inline constexpr Effort kFull{.name = "full"};
inline constexpr Effort kQuick{.name = "quick",
                               .repetitions = 3,
                               .min_time_seconds = 0.1,
                               .spinning_round_trips = 50'000,
                               .sleeping_round_trips = 2'000,
                               .processes = 100,
                               .recovery_repetitions = 1,
                               .kills = 60};
// Every benchmark once, as small as it goes: that it runs, not what it measures.
inline constexpr Effort kSmoke{.name = "smoke",
                               .repetitions = 1,
                               .min_time_seconds = 0.001,
                               .spinning_round_trips = 1'000,
                               .sleeping_round_trips = 100,
                               .processes = 5,
                               .recovery_repetitions = 1,
                               .kills = 3};

}  // namespace revenant::bench
