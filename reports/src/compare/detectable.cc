#include "reports/src/compare/detectable.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "reports/src/compare/bootstrap.h"
#include "reports/src/compare/normal.h"

namespace revenant::reports::compare {
namespace {

constexpr double kPowerWanted = 0.8;
constexpr std::size_t kSpreadMax = 500;  // so many quantiles tell how a side is spread

// Logarithms around the median, thinned where there are many.
std::vector<double> spread_of(std::vector<double> values) {
  const double middle = median(values);
  std::sort(values.begin(), values.end());
  const std::size_t kept = std::min(values.size(), kSpreadMax);
  std::vector<double> spread(kept);
  for (std::size_t i = 0; i < kept; ++i) {
    spread[i] = std::log(values[(2 * i + 1) * values.size() / (2 * kept)] / middle);
  }
  return spread;
}

}  // namespace

double detectable_factor(const std::vector<double>& a, const std::vector<double>& b, double alpha) {
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  // Noether: that a value of b is above one of a must be so probable.
  const double z = normal_quantile(1 - alpha / 2) + normal_quantile(kPowerWanted);
  const double probability = 0.5 + z * std::sqrt((n + m) / (12 * n * m));
  // A shift by the quantile of that rank of the differences makes it so probable. Where even
  // certainty would be too little for the formula, it takes that no two values overlap.
  const std::vector<double> of_a = spread_of(a);
  const std::vector<double> of_b = spread_of(b);
  std::vector<double> differences;
  differences.reserve(of_a.size() * of_b.size());
  for (const double x : of_a) {
    for (const double y : of_b) differences.push_back(x - y);
  }
  const auto pairs = static_cast<double>(differences.size());
  const auto index = static_cast<std::ptrdiff_t>(
      std::clamp(std::ceil(std::min(1.0, probability) * pairs), 1.0, pairs) - 1);
  std::nth_element(differences.begin(), differences.begin() + index, differences.end());
  return std::exp(std::max(0.0, differences[static_cast<std::size_t>(index)]));
}

}  // namespace revenant::reports::compare
