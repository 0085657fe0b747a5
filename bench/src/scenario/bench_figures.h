// The figures of a benchmark run: "throughput/noop/workers:2/payload:64.items_per_second".
#pragma once

#include <string>
#include <vector>

#include "chaos/src/scenario/figures.h"
#include "revenant/chaos/verdict.h"

namespace revenant::bench {

// Of benchmarks with these names: NAME.COUNTER for any counter, whose unit is that of its name
// (real_time, p99 and what ends in _us are times, _per_second rates, _kib sizes), and `verdict`.
[[nodiscard]] chaos::FigureCatalogue bench_figures(const std::vector<std::string>& benchmarks);

// The median over the repetitions in a file of Google Benchmark's. `verdict` is `pass` if no
// benchmark ended in an error. std::runtime_error where the file cannot be read.
[[nodiscard]] chaos::Measurements read_measurements(const std::string& path, chaos::Ruling verdict);

}  // namespace revenant::bench
