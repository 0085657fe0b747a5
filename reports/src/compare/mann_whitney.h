// The test of Mann and Whitney: do two independent samples come from one distribution?
//
// It looks at ranks only, so it asks nothing of the distribution, and one absurd value weighs no
// more than the largest sensible one. Pure.
#pragma once

#include <cstddef>
#include <vector>

namespace revenant::reports::compare {

// The two-sided p value. Exact where no two values are equal and both sides have at most
// kExactSamplesMax, else by the normal approximation with corrections for ties and continuity.
// 1 where either side is empty or all values are equal.
double mann_whitney_p(const std::vector<double>& a, const std::vector<double>& b);
inline constexpr std::size_t kExactSamplesMax = 25;

// The smallest p value that so many samples without ties can give: complete separation.
double mann_whitney_least_p(std::size_t a, std::size_t b);
// How many samples a side it takes for a p value of `alpha` to be possible at all.
std::size_t mann_whitney_samples_needed(double alpha);

}  // namespace revenant::reports::compare
