#include "chaos/src/quantile.h"

#include <algorithm>
#include <cmath>

namespace revenant::chaos {

double quantile(const std::vector<double>& sorted, double q) {
  if (sorted.empty()) return 0;
  // 0.9 * 10 is a little above 9 in binary; the product is rounded before its ceiling is taken.
  const double product = q * static_cast<double>(sorted.size());
  const double rank = std::ceil(product - 1e-9 * std::max(1.0, product));
  const auto last = static_cast<double>(sorted.size());
  return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, last)) - 1];
}

Quantiles quantiles_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {.n = values.size(),
          .p50 = quantile(values, 0.5),
          .p90 = quantile(values, 0.9),
          .p99 = quantile(values, 0.99),
          .max = values.empty() ? 0 : values.back()};
}

}  // namespace revenant::chaos
