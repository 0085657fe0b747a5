// How small a difference so many samples could have shown. Pure.
#pragma once

#include <vector>

namespace revenant::reports::compare {

// The least factor above 1 between two sides spread like these that mann_whitney_p would find at
// `alpha` in four of five comparisons (Noether 1987). The samples' own difference does not enter:
// each side is taken relative to its median. All values are above 0, no side is empty.
double detectable_factor(const std::vector<double>& a, const std::vector<double>& b, double alpha);

}  // namespace revenant::reports::compare
