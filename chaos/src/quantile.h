// Quantiles of what was measured.
#pragma once

#include <vector>

#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// The value of rank ceil(q * n) of `sorted` (the lowest for q = 0): always one that was measured,
// never an average of two. 0 if there is none.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double q);

// Sorts the values.
[[nodiscard]] Quantiles quantiles_of(std::vector<double> values);

}  // namespace revenant::chaos
