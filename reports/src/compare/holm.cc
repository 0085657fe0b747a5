#include "reports/src/compare/holm.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace revenant::reports::compare {

std::vector<double> holm_corrected(const std::vector<double>& p_values) {
  std::vector<std::size_t> ascending(p_values.size());
  std::iota(ascending.begin(), ascending.end(), std::size_t{0});
  std::stable_sort(ascending.begin(), ascending.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> corrected(p_values.size());
  double largest = 0;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    const auto left = static_cast<double>(ascending.size() - i);
    largest = std::max(largest, std::min(1.0, left * p_values[ascending[i]]));
    corrected[ascending[i]] = largest;
  }
  return corrected;
}

}  // namespace revenant::reports::compare
