#include "chaos/src/confidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos {
namespace {

constexpr int kTermsMax = 100'000;
constexpr double kTiny = 1e-300;

// The continued fraction of I_x(a, b) (DLMF 8.17.22), evaluated from the front by the modified
// method of Lentz. It converges fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  const auto keep_off_zero = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
  double c = 1;
  double d = 1 / keep_off_zero(1 - (a + b) * x / (a + 1));
  double product = d;
  for (int m = 1; m <= kTermsMax; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double step = 1;
    for (const double coefficient : {even, odd}) {
      d = 1 / keep_off_zero(1 + coefficient * d);
      c = keep_off_zero(1 + coefficient / c);
      step = c * d;
      product *= step;
    }
    if (std::abs(step - 1) < 1e-15) break;
  }
  return product;
}

// The p at which `probability`, which falls from 1 to 0 as p grows, is `target`.
template <typename Falling>
double solve(Falling probability, double target) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < 200 && high - low > 1e-16 * high; ++i) {
    const double middle = (low + high) / 2;
    (probability(middle) > target ? low : high) = middle;
  }
  return (low + high) / 2;
}

// Three significant digits of a percentage, rounded up or down.
std::string percent(double p, bool up) {
  const double value = 100 * p;
  if (value <= 0) return "0 %";
  const double digits = 2 - std::floor(std::log10(value)) - (value < 1 ? 1 : 0);
  const double scale = std::pow(10, std::max(0.0, digits));
  const double scaled = value * scale;
  // A value that is whole but for the arithmetic's own error is not rounded on.
  const double rounded = up ? std::ceil(scaled - 1e-9) : std::floor(scaled + 1e-9);
  return fmt::format("{:.{}f} %", rounded / scale, static_cast<int>(std::max(0.0, digits)));
}

}  // namespace

double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

// P(X <= k) of n trials is I_(1-p)(n - k, k + 1).
double upper_bound_of(std::uint64_t successes, std::uint64_t trials, double error) {
  if (successes >= trials) return 1;
  const auto k = static_cast<double>(successes);
  const auto n = static_cast<double>(trials);
  if (successes == 0) return -std::expm1(std::log(error) / n);
  return solve([&](double p) { return incomplete_beta(n - k, k + 1, 1 - p); }, error);
}

// P(X >= k) is I_p(k, n - k + 1).
double lower_bound_of(std::uint64_t successes, std::uint64_t trials, double error) {
  if (successes == 0 || trials == 0) return 0;
  const auto k = static_cast<double>(std::min(successes, trials));
  const auto n = static_cast<double>(trials);
  return solve([&](double p) { return 1 - incomplete_beta(k, n - k + 1, p); }, 1 - error);
}

std::string confidence_statement(std::uint64_t lost, std::uint64_t tasks, std::uint64_t faults,
                                 const std::string& noun, const std::string& task) {
  if (faults == 0 || tasks == 0) return "";
  const std::string seen = fmt::format("{} of {} lost under {}", grouped(lost),
                                       counted(tasks, task), counted(faults, noun));
  if (lost == 0) {
    return fmt::format("{}: at 95 % confidence a {} loses a {} with p < {}", seen, noun, task,
                       percent(upper_bound_of(0, faults, 0.05), true));
  }
  if (lost > faults) {
    return fmt::format("{}: {:.3g} {}s a {}", seen,
                       static_cast<double>(lost) / static_cast<double>(faults), task, noun);
  }
  return fmt::format("{}: at 95 % confidence a {} loses a {} with p between {} and {}", seen, noun,
                     task, percent(lower_bound_of(lost, faults, 0.025), false),
                     percent(upper_bound_of(lost, faults, 0.025), true));
}

}  // namespace revenant::chaos
