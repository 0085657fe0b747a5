#include "chaos/src/smallest_run.h"

#include <gtest/gtest.h>

namespace revenant::chaos {
namespace {

using std::chrono::milliseconds;

RunOptions with_stall_after(milliseconds time) {
  RunOptions options;
  options.stall_after = time;
  return options;
}

TEST(InAHurry, ATargetThatHasLostATaskIsNotWaitedForAsLong) {
  for (const char* const finding : {"lost", "poison"}) {
    EXPECT_EQ(in_a_hurry(with_stall_after(milliseconds(20'000)), finding).stall_after,
              milliseconds(2000));
    EXPECT_EQ(in_a_hurry(with_stall_after(milliseconds(1000)), finding).stall_after,
              milliseconds(500))
        << "a busy machine needs that long";
    EXPECT_EQ(in_a_hurry(with_stall_after(milliseconds(300)), finding).stall_after,
              milliseconds(300))
        << "never longer than was asked for";
  }
}

TEST(InAHurry, WhatIsKnownOnlyByWaitingIsWaitedFor) {
  for (const char* const finding : {"stalled", "slow-recovery", "shrunk", "zombie", "orphan"}) {
    EXPECT_EQ(in_a_hurry(with_stall_after(milliseconds(20'000)), finding).stall_after,
              milliseconds(20'000))
        << finding;
  }
}

}  // namespace
}  // namespace revenant::chaos
