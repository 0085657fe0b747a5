// The statistics against scipy's: golden/make_statistics.py wrote what scipy says.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "reports/src/compare/bootstrap.h"
#include "reports/src/compare/holm.h"
#include "reports/src/compare/mann_whitney.h"
#include "reports/src/compare/normal.h"
#include "reports/src/compare/signed_rank.h"

namespace revenant::reports::compare {
namespace {

using nlohmann::json;
using Values = std::vector<double>;

const json& golden(const char* section) {
  static const json kFile = json::parse(std::ifstream(REVENANT_COMPARE_GOLDEN "/statistics.json"));
  return kFile.at(section);
}

TEST(Normal, QuantilesAreThoseOfScipy) {
  for (const json& point : golden("normal")) {
    EXPECT_NEAR(normal_quantile(point.at("p")), point.at("z").get<double>(), 1e-9);
    EXPECT_NEAR(normal_cdf(point.at("z")), point.at("p").get<double>(), 1e-12);
  }
}

TEST(MannWhitney, ProbabilitiesAreThoseOfScipyExactlyAndApproximately) {
  for (const json& sides : golden("mann_whitney")) {
    const auto a = sides.at("a").get<Values>();
    const auto b = sides.at("b").get<Values>();
    EXPECT_NEAR(mann_whitney_p(a, b), sides.at("p").get<double>(), 1e-12)
        << a.size() << " against " << b.size();
    EXPECT_DOUBLE_EQ(mann_whitney_p(a, b), mann_whitney_p(b, a));
  }
}

TEST(MannWhitney, SaysNothingWhereThereIsNothingToSay) {
  EXPECT_EQ(mann_whitney_p({}, {1, 2}), 1);
  EXPECT_EQ(mann_whitney_p({2, 2, 2}, {2, 2}), 1);
}

TEST(MannWhitney, FourASideAreNeededAtFivePercentAndFiveAtOne) {
  EXPECT_EQ(mann_whitney_samples_needed(0.05), 4u);
  EXPECT_EQ(mann_whitney_samples_needed(0.01), 5u);
  EXPECT_DOUBLE_EQ(mann_whitney_least_p(4, 4), mann_whitney_p({1, 2, 3, 4}, {5, 6, 7, 8}));
  EXPECT_DOUBLE_EQ(mann_whitney_least_p(3, 10), mann_whitney_least_p(10, 3));
}

TEST(SignedRank, ProbabilitiesAndIntervalsAreThoseOfScipy) {
  for (const json& series : golden("signed_rank")) {
    const auto differences = series.at("differences").get<Values>();
    EXPECT_NEAR(signed_rank_p(differences), series.at("p").get<double>(), 1e-12);
    if (!series.contains("low")) continue;
    const auto interval = signed_rank_interval(differences, series.at("level"));
    ASSERT_TRUE(interval);
    EXPECT_NEAR(interval->low, series.at("low").get<double>(), 1e-12);
    EXPECT_NEAR(interval->high, series.at("high").get<double>(), 1e-12);
    EXPECT_NEAR(signed_rank_estimate(differences), series.at("estimate").get<double>(), 1e-12);
  }
}

TEST(SignedRank, TooFewDifferencesHaveNoInterval) {
  EXPECT_FALSE(signed_rank_interval({1, 2, 3, 4, 5}, 0.95));
  EXPECT_TRUE(signed_rank_interval({1, 2, 3, 4, 5, 6}, 0.95));
  EXPECT_EQ(signed_rank_differences_needed(0.05), 6u);
  EXPECT_EQ(signed_rank_p({0, 0}), 1);
}

TEST(Bootstrap, IntervalsAreThoseOfScipyUpToTheDrawing) {
  for (const json& sides : golden("bootstrap")) {
    const auto ratios =
        bootstrap_ratios(sides.at("numerator"), sides.at("denominator"), 100'000, 1);
    const Interval interval = percentile_interval(ratios, 0.95);
    // The ends jump between means of two samples; a tenth of the standard error is below what moves
    // with the seed at a hundred thousand resamples.
    const double allowed = 0.1 * sides.at("error").get<double>();
    EXPECT_NEAR(interval.low, sides.at("low").get<double>(), allowed);
    EXPECT_NEAR(interval.high, sides.at("high").get<double>(), allowed);
  }
}

TEST(Bootstrap, OneSeedGivesOneInterval) {
  const Values a{1, 2, 3, 4, 5};
  const Values b{2, 3, 4, 5, 6};
  EXPECT_EQ(bootstrap_ratios(a, b, 100, 7), bootstrap_ratios(a, b, 100, 7));
  EXPECT_NE(bootstrap_ratios(a, b, 100, 7), bootstrap_ratios(a, b, 100, 8));
}

TEST(Holm, CorrectsAsInThePaper) {
  // Sorted, times 4, 3, 2 and 1, never falling, at most 1.
  EXPECT_EQ(holm_corrected({0.01, 0.04, 0.03, 0.005}), (Values{0.03, 0.06, 0.06, 0.02}));
  EXPECT_EQ(holm_corrected({0.6, 0.9}), (Values{1, 1}));
  EXPECT_TRUE(holm_corrected({}).empty());
}

}  // namespace
}  // namespace revenant::reports::compare
