#include "chaos/src/open_tasks.h"

#include <gtest/gtest.h>

namespace revenant::chaos {
namespace {

TEST(OpenTasks, ATaskIsClosedOnceAndOnlyIfItWasGiven) {
  OpenTasks tasks;
  EXPECT_EQ(tasks.open(), 1U);
  EXPECT_EQ(tasks.open(), 2U);
  EXPECT_TRUE(tasks.close(1));
  EXPECT_FALSE(tasks.close(1)) << "a second outcome";
  EXPECT_FALSE(tasks.close(3)) << "never given";
  EXPECT_FALSE(tasks.close(0));
  EXPECT_EQ(tasks.count(), 1U);
}

TEST(OpenTasks, ALateOutcomeOfAnOldTaskIsStillKnown) {
  OpenTasks tasks;
  for (int i = 0; i < 10'000; ++i) tasks.open();
  for (std::uint64_t id = 2; id <= 10'000; ++id) ASSERT_TRUE(tasks.close(id));
  EXPECT_EQ(tasks.count(), 1U);
  EXPECT_TRUE(tasks.close(1));
  for (std::uint64_t id = 1; id <= 10'000; ++id) ASSERT_FALSE(tasks.close(id));
  EXPECT_EQ(tasks.open(), 10'001U);
  EXPECT_TRUE(tasks.close(10'001));
}

}  // namespace
}  // namespace revenant::chaos
