// The results as JSON. A pure function.
#pragma once

#include <string>
#include <vector>

#include "bench/src/context.h"
#include "bench/src/peers/comparison.h"

namespace revenant::bench::peers {

// An object with "context" and "benchmarks" as Google Benchmark writes them, a row
// "peers/WORK/ARM/workers:N" a round; and "peers", with the comparisons, the kills, the versions
// and what was left out.
[[nodiscard]] std::string json_text(const Context& context, const Results& results,
                                    const std::vector<Comparison>& comparisons);

}  // namespace revenant::bench::peers
