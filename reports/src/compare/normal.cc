#include "reports/src/compare/normal.h"

#include <cmath>

namespace revenant::reports::compare {

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double normal_quantile(double p) {
  // The lower tail keeps its digits, the upper one loses them in 1 - p.
  if (p > 0.5) return -normal_quantile(1 - p);
  double low = -40;
  double high = 0;
  for (int halvings = 0; halvings < 80; ++halvings) {
    const double middle = (low + high) / 2;
    (normal_cdf(middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace revenant::reports::compare
