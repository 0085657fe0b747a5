// How sure a ratio of two medians is: the percentile bootstrap.
//
// Percentile and not BCa, because the corrections of BCa come from a jackknife, and the jackknife
// of a median does not converge (Efron 1979). Its coverage is measured in test/compare. Pure: one
// seed, one interval.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace revenant::reports::compare {

struct Interval {
  double low = 0;
  double high = 0;
};

// Neither is empty; the mean of the two in the middle where their number is even.
double median(std::vector<double> values);

// median(numerator) / median(denominator) of `resamples` pairs of samples that were drawn anew,
// with replacement, from the two given. Ascending. All values are above 0.
std::vector<double> bootstrap_ratios(std::vector<double> numerator, std::vector<double> denominator,
                                     std::size_t resamples, std::uint64_t seed);

// The middle `level` (0.95) of ascending values.
Interval percentile_interval(const std::vector<double>& ascending, double level);

}  // namespace revenant::reports::compare
