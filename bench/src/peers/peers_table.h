// The results as text for a person. A pure function.
#pragma once

#include <string>
#include <vector>

#include "bench/src/peers/comparison.h"

namespace revenant::bench::peers {

[[nodiscard]] std::string table(const Results& results, const std::vector<Comparison>& comparisons);

}  // namespace revenant::bench::peers
