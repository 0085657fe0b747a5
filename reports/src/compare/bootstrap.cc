#include "reports/src/compare/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace revenant::reports::compare {
namespace {

using Random = std::mt19937_64;

double uniform(Random& random) {
  return static_cast<double>(random() >> 11) * 0x1.0p-53;  // the same in every library
}

// Of `n` uniform variates the one of rank `rank` has a beta distribution, a ratio of two gammas.
double order_statistic(std::size_t rank, std::size_t n, Random& random) {
  std::gamma_distribution<double> below(static_cast<double>(rank));
  std::gamma_distribution<double> above(static_cast<double>(n + 1 - rank));
  const double x = below(random);
  return x / (x + above(random));
}

// The median of `n` values drawn from n `sorted` ones. Drawing an index is drawing a uniform
// variate, and the median's index is that of the variate in the middle: so the work does not grow
// with n.
double resampled_median(const std::vector<double>& sorted, Random& random) {
  const std::size_t n = sorted.size();
  const auto value_at = [&](double u) {
    const auto index = static_cast<std::size_t>(u * static_cast<double>(n));
    return sorted[std::min(index, n - 1)];
  };
  const double u = order_statistic((n + 1) / 2, n, random);
  if (n % 2 == 1) return value_at(u);
  // The n/2 variates above u are uniform there; the least of them is the other one in the middle.
  const double rest = std::pow(1 - uniform(random), 2.0 / static_cast<double>(n));
  return (value_at(u) + value_at(1 - (1 - u) * rest)) / 2;
}

}  // namespace

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::vector<double> bootstrap_ratios(std::vector<double> numerator, std::vector<double> denominator,
                                     std::size_t resamples, std::uint64_t seed) {
  std::sort(numerator.begin(), numerator.end());
  std::sort(denominator.begin(), denominator.end());
  Random random(seed);
  std::vector<double> ratios(resamples);
  for (double& ratio : ratios) {
    const double above = resampled_median(numerator, random);
    ratio = above / resampled_median(denominator, random);
  }
  std::sort(ratios.begin(), ratios.end());
  return ratios;
}

Interval percentile_interval(const std::vector<double>& ascending, double level) {
  const auto last = static_cast<double>(ascending.size() - 1);
  const double outside = (1 - level) / 2 * last;
  return {ascending[static_cast<std::size_t>(std::floor(outside))],
          ascending[static_cast<std::size_t>(std::ceil(last - outside))]};
}

}  // namespace revenant::reports::compare
