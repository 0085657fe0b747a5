#include "reports/src/time_bins.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "reports/src/timeline.h"

namespace revenant::reports {
namespace {

std::uint64_t total(const TimeBins<CountBin>& bins) {
  std::uint64_t sum = 0;
  for (const CountBin& bin : bins.bins()) sum += bin.count;
  return sum;
}

TEST(TimeBins, NeverHoldMoreThanTheirMaximumHoweverLongTheRun) {
  TimeBins<CountBin> bins(1);
  std::uint64_t events = 0;
  for (std::int64_t t = 0; t < std::int64_t{1} << 40; t = t * 2 + 1, ++events) ++bins.at(t).count;
  EXPECT_LE(bins.bins().size(), kTimeBinsMax);
  EXPECT_EQ(total(bins), events) << "merging loses nothing";
}

TEST(TimeBins, KeepAtLeastHalfTheirResolutionAfterDoubling) {
  TimeBins<CountBin> bins(1);
  bins.at(1'000'000).count = 1;
  EXPECT_GE(bins.bins().size(), kTimeBinsMax / 2);
}

TEST(LevelSeries, KnowsMeanMinimumAndMaximumOfEachBin) {
  LevelSeries series;  // bins of a millisecond
  series.set(0, 4);
  series.set(1'250'000, 0);
  series.set(1'750'000, 4);
  series.set(3'000'000, 4);
  const auto& bins = series.bins().bins();
  ASSERT_GE(bins.size(), 3u);
  EXPECT_DOUBLE_EQ(bins[0].mean(), 4);
  EXPECT_DOUBLE_EQ(bins[1].mean(), 2);
  EXPECT_DOUBLE_EQ(bins[1].min, 0);
  EXPECT_DOUBLE_EQ(bins[1].max, 4);
  EXPECT_DOUBLE_EQ(bins[2].mean(), 4);
}

TEST(LevelSeries, CoversAllTimeAfterItsBinsHaveDoubled) {
  LevelSeries series;
  series.set(0, 1);
  series.set(5'000'000'000, 3);
  series.set(10'000'000'000, 3);
  double integral = 0;
  double covered = 0;
  for (const LevelBin& bin : series.bins().bins()) {
    integral += bin.integral;
    covered += bin.covered;
  }
  EXPECT_DOUBLE_EQ(covered, 10e9);
  EXPECT_DOUBLE_EQ(integral, 5e9 + 15e9);
}

TEST(LevelSeries, TakesATimeBeforeItsLastOneForThatOne) {
  LevelSeries series;
  series.set(2'000'000, 1);
  series.set(1'000'000, 2);
  series.set(3'000'000, 2);
  EXPECT_DOUBLE_EQ(series.bins().bins().at(2).mean(), 2);
}

}  // namespace
}  // namespace revenant::reports
