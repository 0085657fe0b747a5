#include "bench/src/median_ratio.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "pool/os/check.h"

namespace revenant::bench {
namespace {

constexpr std::size_t kResamples = 10'000;
constexpr std::uint64_t kBootstrapSeed = 20'261'124;

// The mean of the two in the middle where their number is even. Reorders `values`.
double take_median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

// By nearest rank, of ascending values: in thousandths, so that the rank is computed in integers.
double per_mille(const std::vector<double>& sorted, std::size_t thousandths) {
  return sorted[(sorted.size() * thousandths + 999) / 1000 - 1];
}

}  // namespace

Estimate median_of(std::span<const double> values) {
  REVENANT_CHECK(!values.empty(), "no values have no median");
  std::mt19937_64 random(kBootstrapSeed);
  std::vector<double> drawn(values.begin(), values.end());
  const double median = take_median(drawn);
  std::vector<double> medians;
  medians.reserve(kResamples);
  for (std::size_t i = 0; i < kResamples; ++i) {
    // Not std::uniform_int_distribution, whose numbers differ between libraries.
    for (double& value : drawn) value = values[random() % values.size()];
    medians.push_back(take_median(drawn));
  }
  std::sort(medians.begin(), medians.end());
  return {.median = median, .low = per_mille(medians, 25), .high = per_mille(medians, 975)};
}

Estimate median_ratio(std::span<const double> numerators, std::span<const double> denominators) {
  REVENANT_CHECK(numerators.size() == denominators.size(), "pairs have two sides");
  std::vector<double> ratios;
  ratios.reserve(numerators.size());
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    ratios.push_back(numerators[i] / denominators[i]);
  }
  return median_of(ratios);
}

}  // namespace revenant::bench
