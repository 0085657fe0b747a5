// Wilcoxon's signed ranks: is the middle of paired differences zero, and where is it?
//
// Which of a pair came first is drawn by a coin, so if A and B are the same, each difference is as
// likely to have the one sign as the other, whatever the machine did meanwhile: the test is exact
// by that coin alone. The interval asks in addition that differences lie symmetrically around their
// middle. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "reports/src/compare/bootstrap.h"

namespace revenant::reports::compare {

// The two-sided p value, exact for any number of differences, with mid-ranks for ties. Zeros say
// nothing and are left out.
double signed_rank_p(const std::vector<double>& differences);

// The estimate of Hodges and Lehmann: the median of the means of all pairs.
double signed_rank_estimate(const std::vector<double>& differences);

// The values that signed_rank_p would not exclude at 1 - level; nothing if there are too few
// differences to exclude any.
std::optional<Interval> signed_rank_interval(const std::vector<double>& differences, double level);

// How many differences it takes for a p value of `alpha` to be possible at all.
std::size_t signed_rank_differences_needed(double alpha);

}  // namespace revenant::reports::compare
