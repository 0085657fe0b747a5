#include "bench/src/median_ratio.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace revenant::bench {
namespace {

TEST(MedianRatio, IsTheMedianOfTheRatiosOfPairsAndNotTheRatioOfMedians) {
  // The ratios are 2, 0.5 and 1; that of the medians would be 10 / 5.
  const std::vector<double> numerators{10, 50, 4};
  const std::vector<double> denominators{5, 100, 4};
  EXPECT_DOUBLE_EQ(median_ratio(numerators, denominators).median, 1);
}

TEST(MedianRatio, HasNoWidthWhereEveryPairSaysTheSame) {
  const std::vector<double> numerators{2, 4, 6, 8, 10, 12, 14};
  const std::vector<double> denominators{1, 2, 3, 4, 5, 6, 7};
  const Estimate estimate = median_ratio(numerators, denominators);
  EXPECT_DOUBLE_EQ(estimate.low, 2);
  EXPECT_DOUBLE_EQ(estimate.median, 2);
  EXPECT_DOUBLE_EQ(estimate.high, 2);
}

TEST(MedianRatio, LeavesWhatSlowsBothOfAPairOutOfTheInterval) {
  const std::vector<double> denominators{100, 10, 70, 30, 90, 20, 55, 65, 81, 12, 40};
  std::vector<double> numerators;
  for (const double value : denominators) numerators.push_back(value * 0.5);
  const Estimate estimate = median_ratio(numerators, denominators);
  EXPECT_DOUBLE_EQ(estimate.high - estimate.low, 0);
}

TEST(MedianRatio, OfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle) {
  EXPECT_DOUBLE_EQ(median_of(std::vector<double>{4, 1, 3, 2}).median, 2.5);
}

TEST(MedianRatio, OfOneValueIsThatValue) {
  const Estimate estimate = median_of(std::vector<double>{3});
  EXPECT_DOUBLE_EQ(estimate.low, 3);
  EXPECT_DOUBLE_EQ(estimate.high, 3);
}

TEST(MedianRatio, HasTheIntervalThatTheBinomialDistributionGives) {
  // The bootstrap's median of eleven distinct values is at or below the k-th smallest if at least
  // six of eleven draws are: P(Bin(11, k/11) >= 6). That is 0.007 at k = 2 and 0.051 at k = 3, so
  // the 2.5th percentile is the third smallest, and by symmetry the 97.5th the ninth.
  const std::vector<double> values{11, 3, 7, 1, 9, 5, 2, 10, 4, 8, 6};
  const Estimate estimate = median_of(values);
  EXPECT_DOUBLE_EQ(estimate.median, 6);
  EXPECT_DOUBLE_EQ(estimate.low, 3);
  EXPECT_DOUBLE_EQ(estimate.high, 9);
}

TEST(MedianRatio, CoversTheTrueMedianAboutNineteenTimesInTwenty) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> noise(1.0, 0.2);
  int covered = 0;
  constexpr int kSeries = 100;
  for (int series = 0; series < kSeries; ++series) {
    std::vector<double> values(15);
    for (double& value : values) value = noise(random);
    const Estimate estimate = median_of(values);
    if (estimate.low <= 1.0 && 1.0 <= estimate.high) ++covered;
  }
  EXPECT_GE(covered, kSeries * 85 / 100);
  EXPECT_LT(covered, kSeries);
}

}  // namespace
}  // namespace revenant::bench
