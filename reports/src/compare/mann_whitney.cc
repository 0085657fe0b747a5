#include "reports/src/compare/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "reports/src/compare/normal.h"

namespace revenant::reports::compare {
namespace {

struct Ranks {
  double u = 0;         // pairs in which the value of `a` is the larger; a tie counts one half
  double tie_term = 0;  // the sum of t^3 - t over groups of t equal values
};

Ranks rank(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<std::pair<double, bool>> all;  // value, whether it is one of a
  all.reserve(a.size() + b.size());
  for (const double value : a) all.emplace_back(value, true);
  for (const double value : b) all.emplace_back(value, false);
  std::sort(all.begin(), all.end());
  Ranks ranks;
  for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
    std::size_t of_a = 0;
    for (to = from; to < all.size() && all[to].first == all[from].first; ++to) {
      of_a += all[to].second ? 1 : 0;
    }
    const auto ties = static_cast<double>(to - from);
    ranks.u += static_cast<double>(of_a) * (static_cast<double>(from + to + 1) / 2);  // mid-rank
    ranks.tie_term += ties * ties * ties - ties;
  }
  const auto n = static_cast<double>(a.size());
  ranks.u -= n * (n + 1) / 2;
  return ranks;
}

// P(U = u) for every u, by taking away the largest of all values: it is one of a with probability
// n/(n+m) and then above all m of b, or one of b and adds nothing.
std::vector<double> distribution_of_u(std::size_t n, std::size_t m) {
  // Row j holds the distribution for i of a and j of b, while i grows.
  std::vector<std::vector<double>> rows(m + 1, std::vector<double>{1.0});
  for (std::size_t i = 1; i <= n; ++i) {
    rows[0] = {1.0};
    for (std::size_t j = 1; j <= m; ++j) {
      const auto all = static_cast<double>(i + j);
      std::vector<double> next(i * j + 1, 0.0);
      for (std::size_t u = 0; u < rows[j].size(); ++u) {  // as it was for i - 1
        next[u + j] += static_cast<double>(i) / all * rows[j][u];
      }
      for (std::size_t u = 0; u < rows[j - 1].size(); ++u) {
        next[u] += static_cast<double>(j) / all * rows[j - 1][u];
      }
      rows[j] = std::move(next);
    }
  }
  return rows[m];
}

double exact_p(double u, std::size_t n, std::size_t m) {
  const std::vector<double> probability = distribution_of_u(n, m);
  const double from_the_end = std::min(u, static_cast<double>(n * m) - u);
  const auto steps = static_cast<std::ptrdiff_t>(from_the_end) + 1;
  const double tail = std::accumulate(probability.begin(), probability.begin() + steps, 0.0);
  return std::min(1.0, 2 * tail);
}

double approximate_p(const Ranks& ranks, double n, double m) {
  const double all = n + m;
  const double variance = n * m / 12 * (all + 1 - ranks.tie_term / (all * (all - 1)));
  if (variance <= 0) return 1;  // nothing differs
  const double distance = std::max(0.0, std::fabs(ranks.u - n * m / 2) - 0.5);
  return 2 * normal_cdf(-distance / std::sqrt(variance));
}

}  // namespace

double mann_whitney_p(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.empty() || b.empty()) return 1;
  const Ranks ranks = rank(a, b);
  const bool is_small = std::max(a.size(), b.size()) <= kExactSamplesMax;
  if (is_small && ranks.tie_term == 0) return exact_p(ranks.u, a.size(), b.size());
  return approximate_p(ranks, static_cast<double>(a.size()), static_cast<double>(b.size()));
}

double mann_whitney_least_p(std::size_t a, std::size_t b) {
  double separations = 1;  // one over the number of ways to choose a of a + b
  for (std::size_t i = 1; i <= a; ++i) {
    separations *= static_cast<double>(i) / static_cast<double>(b + i);
  }
  return std::min(1.0, 2 * separations);
}

std::size_t mann_whitney_samples_needed(double alpha) {
  std::size_t samples = 2;
  while (mann_whitney_least_p(samples, samples) > alpha) ++samples;
  return samples;
}

}  // namespace revenant::reports::compare
