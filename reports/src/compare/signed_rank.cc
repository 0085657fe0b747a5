#include "reports/src/compare/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace revenant::reports::compare {
namespace {

// P(sum = s) for the sum of those `weights` whose coin shows heads.
std::vector<double> distribution_of_sums(const std::vector<std::size_t>& weights) {
  const std::size_t total = std::accumulate(weights.begin(), weights.end(), std::size_t{0});
  std::vector<double> probability(total + 1, 0.0);
  probability[0] = 1;
  std::size_t reached = 0;
  for (const std::size_t weight : weights) {
    reached += weight;
    for (std::size_t sum = reached + 1; sum-- > 0;) {
      const double with = sum >= weight ? probability[sum - weight] : 0.0;
      probability[sum] = (probability[sum] + with) / 2;
    }
  }
  return probability;
}

// Twice the mid-ranks of ascending sizes: whole numbers even where there are ties.
std::vector<std::size_t> doubled_ranks(const std::vector<double>& ascending) {
  std::vector<std::size_t> ranks;
  for (std::size_t from = 0, to = 0; from < ascending.size(); from = to) {
    to = from;
    while (to < ascending.size() && ascending[to] == ascending[from]) ++to;
    ranks.insert(ranks.end(), to - from, from + to + 1);
  }
  return ranks;
}

// The means of all pairs, of a difference with itself too, ascending.
std::vector<double> walsh_averages(const std::vector<double>& differences) {
  std::vector<double> averages;
  averages.reserve(differences.size() * (differences.size() + 1) / 2);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      averages.push_back((differences[i] + differences[j]) / 2);
    }
  }
  std::sort(averages.begin(), averages.end());
  return averages;
}

}  // namespace

double signed_rank_p(const std::vector<double>& differences) {
  std::vector<double> by_size;
  for (const double difference : differences) {
    if (difference != 0) by_size.push_back(difference);
  }
  if (by_size.empty()) return 1;
  std::sort(by_size.begin(), by_size.end(),
            [](double a, double b) { return std::fabs(a) < std::fabs(b); });
  std::vector<double> sizes;
  for (const double difference : by_size) sizes.push_back(std::fabs(difference));
  const std::vector<std::size_t> ranks = doubled_ranks(sizes);
  std::size_t above = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) above += by_size[i] > 0 ? ranks[i] : 0;
  const std::size_t total = std::accumulate(ranks.begin(), ranks.end(), std::size_t{0});
  const std::vector<double> probability = distribution_of_sums(ranks);
  const auto tail = static_cast<std::ptrdiff_t>(std::min(above, total - above)) + 1;
  return std::min(1.0, 2 * std::accumulate(probability.begin(), probability.begin() + tail, 0.0));
}

double signed_rank_estimate(const std::vector<double>& differences) {
  return median(walsh_averages(differences));
}

std::optional<Interval> signed_rank_interval(const std::vector<double>& differences, double level) {
  std::vector<std::size_t> ranks(differences.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{1});
  const std::vector<double> probability = distribution_of_sums(ranks);
  // As many averages are cut off at each end as there are sums that are too rare.
  const double outside = (1 - level) / 2;
  std::size_t cut = 0;
  for (double tail = probability[0]; tail <= outside; tail += probability[cut]) ++cut;
  if (cut == 0) return std::nullopt;
  const std::vector<double> averages = walsh_averages(differences);
  return Interval{averages[cut - 1], averages[averages.size() - cut]};
}

std::size_t signed_rank_differences_needed(double alpha) {
  return static_cast<std::size_t>(std::ceil(1 - std::log2(alpha)));
}

}  // namespace revenant::reports::compare
