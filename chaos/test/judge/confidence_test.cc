#include "chaos/src/confidence.h"

#include <gtest/gtest.h>

#include <cmath>

#include "chaos/src/quantile.h"

namespace revenant::chaos {
namespace {

// I_x(2, 3) is a polynomial, I_x(1/2, 1/2) is 2/pi asin(sqrt(x)), I_x(a, 1) is x^a.
TEST(IncompleteBeta, AgreesWithItsClosedForms) {
  EXPECT_NEAR(incomplete_beta(2, 3, 0.4), 0.5248, 1e-12);
  EXPECT_NEAR(incomplete_beta(0.5, 0.5, 0.25), 1.0 / 3, 1e-12);
  EXPECT_NEAR(incomplete_beta(10, 1, 0.9), std::pow(0.9, 10), 1e-12);
  EXPECT_EQ(incomplete_beta(3, 4, 0), 0);
  EXPECT_EQ(incomplete_beta(3, 4, 1), 1);
}

TEST(IncompleteBeta, IsSymmetric) {
  for (const double x : {1e-6, 0.1, 0.37, 0.5, 0.93}) {
    EXPECT_NEAR(incomplete_beta(37, 4000, x), 1 - incomplete_beta(4000, 37, 1 - x), 1e-12);
  }
}

// P(X <= k) summed term by term, in logarithms.
double binomial_cdf(std::uint64_t k, std::uint64_t n, double p) {
  double sum = 0;
  for (std::uint64_t i = 0; i <= k; ++i) {
    const auto x = static_cast<double>(i);
    const auto m = static_cast<double>(n);
    sum += std::exp(std::lgamma(m + 1) - std::lgamma(x + 1) - std::lgamma(m - x + 1) +
                    x * std::log(p) + (m - x) * std::log1p(-p));
  }
  return sum;
}

TEST(Bounds, AreWhereTheBinomialTailIsTheErrorThatWasAsked) {
  for (const auto& [k, n] : {std::pair<std::uint64_t, std::uint64_t>{1, 10},
                             {3, 412},
                             {37, 412},
                             {200, 412},
                             {411, 412},
                             {5, 100'000}}) {
    EXPECT_NEAR(binomial_cdf(k, n, upper_bound_of(k, n, 0.025)), 0.025, 1e-8) << k << " of " << n;
    EXPECT_NEAR(1 - binomial_cdf(k - 1, n, lower_bound_of(k, n, 0.025)), 0.025, 1e-8)
        << k << " of " << n;
  }
}

TEST(Bounds, AgreeWithPublishedValues) {
  // 1 of 10: the classic (0.0025, 0.4450); 0 of 10: 1 - 0.05^(1/10).
  EXPECT_NEAR(lower_bound_of(1, 10, 0.025), 0.0025286, 1e-6);
  EXPECT_NEAR(upper_bound_of(1, 10, 0.025), 0.4450161, 1e-6);
  EXPECT_NEAR(upper_bound_of(0, 10, 0.05), 0.2588656, 1e-6);
  EXPECT_EQ(lower_bound_of(0, 10, 0.025), 0);
  EXPECT_EQ(upper_bound_of(10, 10, 0.025), 1);
}

TEST(Bounds, OfNoLossInMillionsAreTheRuleOfThree) {
  EXPECT_NEAR(upper_bound_of(0, 1'000'000, 0.05) * 1e6, 3, 0.01);
}

TEST(ConfidenceStatement, ReadsAsDocumented) {
  EXPECT_EQ(confidence_statement(0, 20'000, 412, "kill"),
            "0 of 20,000 tasks lost under 412 kills: at 95 % confidence a kill loses a task with "
            "p < 0.73 %");
  EXPECT_EQ(confidence_statement(37, 20'000, 412, "kill"),
            "37 of 20,000 tasks lost under 412 kills: at 95 % confidence a kill loses a task with "
            "p between 6.40 % and 12.2 %");
  EXPECT_EQ(confidence_statement(24, 40, 1, "fault"),
            "24 of 40 tasks lost under 1 fault: 24 tasks a fault");
  EXPECT_EQ(confidence_statement(0, 1'000'000, 10'000, "kill"),
            "0 of 1,000,000 tasks lost under 10,000 kills: at 95 % confidence a kill loses a task "
            "with p < 0.030 %");
  EXPECT_EQ(confidence_statement(0, 100, 0, "kill"), "");
  EXPECT_EQ(confidence_statement(0, 0, 2, "kill"), "");
}

TEST(Quantile, IsAValueThatWasMeasured) {
  std::vector<double> ten;
  for (int i = 10; i >= 1; --i) ten.push_back(i);
  const Quantiles times = quantiles_of(ten);
  EXPECT_EQ(times.n, 10u);
  EXPECT_EQ(times.p50, 5);
  EXPECT_EQ(times.p90, 9) << "0.9 * 10 must not become 9.000000000000002 and then 10";
  EXPECT_EQ(times.p99, 10);
  EXPECT_EQ(times.max, 10);
}

TEST(Quantile, OfOneValueIsThatValueAndOfNoneZero) {
  EXPECT_EQ(quantiles_of({3}).p50, 3);
  EXPECT_EQ(quantiles_of({3}).p99, 3);
  EXPECT_EQ(quantiles_of({}).n, 0u);
  EXPECT_EQ(quantiles_of({}).max, 0);
}

}  // namespace
}  // namespace revenant::chaos
