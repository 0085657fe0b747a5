#include "chaos/src/calm.h"

#include <gtest/gtest.h>

namespace revenant::chaos {
namespace {

using std::chrono_literals::operator""s;

RunOptions lasting(std::chrono::seconds duration, std::optional<double> rate = std::nullopt) {
  RunOptions options;
  options.duration = duration;
  options.rate = rate;
  return options;
}

TEST(CalmTime, IsATenthOfTheRun) {
  EXPECT_EQ(calm_time(lasting(1s)), kSecond / 2);
  EXPECT_EQ(calm_time(lasting(20s)), 2 * kSecond);
  EXPECT_EQ(calm_time(lasting(3600s)), 5 * kSecond);
  EXPECT_EQ(calm_time(lasting(20s, 1000.0)), 2 * kSecond);
}

TEST(CalmTime, IsLongEnoughToMeasureTheRateOfRareTasks) {
  EXPECT_EQ(calm_time(lasting(10s, 20.0)), 22 * kSecond / 20);
  EXPECT_EQ(calm_time(lasting(1s, 4.0)), 22 * kSecond / 4);
}

TEST(CalmTime, DoesNotWaitForTasksThatHardlyEverCome) {
  EXPECT_EQ(calm_time(lasting(10s, 0.001)), 10 * kSecond);
}

}  // namespace
}  // namespace revenant::chaos
