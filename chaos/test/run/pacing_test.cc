#include "chaos/src/pacing.h"

#include <gtest/gtest.h>

namespace revenant::chaos {
namespace {

RunOptions closed(std::size_t outstanding) {
  RunOptions options;
  options.outstanding = outstanding;
  return options;
}

RunOptions open(double rate) {
  RunOptions options;
  options.rate = rate;
  return options;
}

TEST(Pacing, AClosedLoopKeepsSoManyTasksOpen) {
  Pacing pacing(closed(2));
  pacing.resume(100);
  EXPECT_EQ(pacing.due_now(100, 0), 100);
  EXPECT_EQ(pacing.due_now(150, 1), 150);
  EXPECT_FALSE(pacing.due_now(200, 2));
  EXPECT_FALSE(pacing.next_due());
}

TEST(Pacing, AnOpenLoopIsDueAtEvenTimesWhateverIsOutstanding) {
  Pacing pacing(open(1000));
  pacing.resume(0);
  EXPECT_EQ(pacing.due_now(0, 5000), 0);
  pacing.submitted();
  EXPECT_FALSE(pacing.due_now(999'999, 0));
  EXPECT_EQ(pacing.next_due(), 1'000'000);
  EXPECT_EQ(pacing.due_now(1'000'000, 0), 1'000'000);
}

TEST(Pacing, ATaskThatGoesOutLateKeepsTheTimeAtWhichItWasDue) {
  Pacing pacing(open(1000));
  pacing.resume(0);
  for (Nanos i = 0; i < 5; ++i) {
    EXPECT_EQ(pacing.due_now(50'000'000, 0), i * 1'000'000);
    pacing.submitted();
  }
}

TEST(Pacing, WhatWouldHaveBeenDueInAPauseIsNotMadeUpFor) {
  Pacing pacing(open(1000));
  pacing.resume(0);
  pacing.submitted();
  pacing.resume(1'000'000'000);
  EXPECT_EQ(pacing.due_now(1'000'000'000, 0), 1'000'000'000);
  pacing.submitted();
  EXPECT_FALSE(pacing.due_now(1'000'000'001, 0));
}

TEST(Pacing, AnOpenLoopOfAMillionTasksDoesNotDrift) {
  Pacing pacing(open(3));
  pacing.resume(0);
  for (int i = 0; i < 3'000'000; ++i) pacing.submitted();
  EXPECT_NEAR(static_cast<double>(*pacing.next_due()), 1e15, 1000);
}

TEST(Pacing, AnOpenLoopHasALimitOfOpenTasks) {
  Pacing pacing(open(1000));
  pacing.resume(0);
  EXPECT_TRUE(pacing.due_now(0, Pacing::kOpenLoopMax - 1));
  EXPECT_FALSE(pacing.due_now(0, Pacing::kOpenLoopMax));
}

}  // namespace
}  // namespace revenant::chaos
