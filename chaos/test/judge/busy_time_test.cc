#include "chaos/src/busy_time.h"

#include <gtest/gtest.h>

namespace revenant::chaos {
namespace {

TEST(BusyTime, IsThatOfAllSpansTogetherHoweverTheyOverlap) {
  BusyTime busy(0, 1000);
  busy.add(10, 20);
  busy.add(15, 30);
  busy.add(40, 50);
  EXPECT_EQ(busy.total(), 30);
  busy.add(12, 60);  // was open all the while, and is answered only now
  EXPECT_EQ(busy.total(), 50);
}

TEST(BusyTime, IsCountedWithinItsPeriodAlone) {
  BusyTime busy(100, 200);
  busy.add(0, 90);
  busy.add(50, 110);
  busy.add(190, 300);
  busy.add(250, 400);
  EXPECT_EQ(busy.total(), 20);
}

TEST(BusyTime, OfASpanThatIsOlderThanAllThatIsKeptIsCountedOnlyOnce) {
  BusyTime busy(0, 1'000'000);
  Nanos end = 0;
  for (; end < 50'000; end += 10) busy.add(end, end + 5);  // 5,000 pauses
  const Nanos before = busy.total();
  EXPECT_EQ(before, 25'000);
  busy.add(0, end);
  EXPECT_GT(busy.total(), before);
  EXPECT_LT(busy.total(), end);
}

}  // namespace
}  // namespace revenant::chaos
