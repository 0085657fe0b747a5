// The ratio of two series of measurements, and how far it can be trusted.
//
// Pure functions: the same numbers give the same interval in every run.
#pragma once

#include <span>

namespace revenant::bench {

// A 95 % interval around a median.
struct Estimate {
  double median = 0;
  double low = 0;
  double high = 0;
};

// Of the two series, measured in pairs (both of a pair in the same round, within seconds of each
// other), the median of the ratios of the pairs. What slows the machine down for a while slows both
// of a pair, and leaves their ratio alone.
//
// The interval is a percentile bootstrap: the pairs are drawn anew, with replacement, ten thousand
// times, and it spans from the 2.5th to the 97.5th percentile of the medians. With fewer than six
// pairs that is from the smallest to the largest ratio, which is then less than 95 %. Both series
// have the same length, at least 1; denominators are not zero.
[[nodiscard]] Estimate median_ratio(std::span<const double> numerators,
                                    std::span<const double> denominators);

// The same of one series by itself.
[[nodiscard]] Estimate median_of(std::span<const double> values);

}  // namespace revenant::bench
