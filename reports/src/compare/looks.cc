#include "reports/src/compare/looks.h"

#include <algorithm>
#include <cmath>

namespace revenant::reports::compare {

double alpha_of_a_look(double alpha) { return alpha / static_cast<double>(kLooks); }

std::vector<std::size_t> plan_looks(std::size_t blocks_needed, std::size_t blocks_max) {
  const std::size_t last = std::max<std::size_t>(1, blocks_max);
  if (blocks_needed >= last) return {last};
  const auto first = static_cast<double>(std::max<std::size_t>(1, blocks_needed));
  const double whole = static_cast<double>(last) / first;
  std::vector<std::size_t> looks;
  for (std::size_t i = 0; i < kLooks; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(kLooks - 1);
    looks.push_back(static_cast<std::size_t>(std::lround(first * std::pow(whole, part))));
  }
  looks.erase(std::unique(looks.begin(), looks.end()), looks.end());
  return looks;
}

}  // namespace revenant::reports::compare
