// The samples in a file of Google Benchmark: its repetitions.
#pragma once

#include <filesystem>

#include "reports/src/compare/counters.h"
#include "reports/src/compare/samples.h"

namespace revenant::reports::compare {

// What one input contributes: each of its repetitions (or kills), or, where several inputs stand
// for a side, their median as one sample: repetitions in one process are more alike than processes
// are.
enum class SampleOf : std::uint8_t { repetition, input };

// Aggregates are passed over, but for the median where an input is one sample and has no
// repetitions. Throws InputError if the file is not JSON (which knows no NaN either) or has no
// "benchmarks".
Side read_bench_samples(const std::filesystem::path& path, SampleOf sample_of,
                        const CounterRules& rules);

}  // namespace revenant::reports::compare
