// All benchmarks, with their names and parameters.
#pragma once

#include "bench/src/effort.h"

namespace revenant::bench {

// Which of the effort's settings hold; the others were given as flags of Google Benchmark's.
struct Settings {
  Effort effort;
  bool own_repetitions = true;
  bool own_min_time = true;
};

// Registers every benchmark with the library. Once a process.
void register_benchmarks(const Settings& settings);

}  // namespace revenant::bench
