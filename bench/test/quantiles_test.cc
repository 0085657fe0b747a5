#include "bench/src/quantiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace revenant::bench {
namespace {

using std::chrono::nanoseconds;

std::vector<nanoseconds> one_to(int n) {
  std::vector<nanoseconds> samples;
  for (int i = 1; i <= n; ++i) samples.emplace_back(i);
  return samples;
}

TEST(Percentile, OfTheNumbersToAHundredIsTheNumberItself) {
  const auto samples = one_to(100);
  for (unsigned percent = 1; percent <= 100; ++percent) {
    EXPECT_EQ(percentile(samples, percent), nanoseconds(percent));
  }
}

TEST(Percentile, IsASampleThatWasTakenAndNeverAValueBetweenTwo) {
  const std::vector<nanoseconds> samples{nanoseconds(10), nanoseconds(1000)};
  EXPECT_EQ(percentile(samples, 50), nanoseconds(10));
  EXPECT_EQ(percentile(samples, 51), nanoseconds(1000));
}

TEST(Percentile, OfFewSamplesIsTheMaximumWhereItIsHigh) {
  EXPECT_EQ(percentile(one_to(99), 99), nanoseconds(99));
  EXPECT_EQ(percentile(one_to(101), 99), nanoseconds(100));
}

TEST(Percentile, OfASingleSampleIsThatSample) {
  const auto samples = one_to(1);
  EXPECT_EQ(percentile(samples, 1), nanoseconds(1));
  EXPECT_EQ(percentile(samples, 100), nanoseconds(1));
}

TEST(Percentiles, DoNotDependOnTheOrderOfTheSamples) {
  auto samples = one_to(1000);
  std::mt19937 random(1);
  std::shuffle(samples.begin(), samples.end(), random);
  const Percentiles percentiles = percentiles_of(samples);
  EXPECT_EQ(percentiles.p50, nanoseconds(500));
  EXPECT_EQ(percentiles.p90, nanoseconds(900));
  EXPECT_EQ(percentiles.p99, nanoseconds(990));
  EXPECT_EQ(percentiles.max, nanoseconds(1000));
  EXPECT_EQ(percentiles.samples, 1000U);
}

TEST(Percentiles, OfNothingAreZeroAndSaySo) { EXPECT_EQ(percentiles_of({}).samples, 0U); }

}  // namespace
}  // namespace revenant::bench
