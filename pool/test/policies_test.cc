// The decisions, played without a clock and without sleeping.
#include <gtest/gtest.h>

#include <stdexcept>

#include "pool/src/options_check.h"
#include "pool/src/prefetch_policy.h"
#include "pool/src/restart_policy.h"
#include "pool/src/start_backoff.h"

namespace revenant {
namespace {

using namespace std::chrono_literals;

os::TimePoint at(os::Nanoseconds since_start) { return os::TimePoint(1h + since_start); }

TEST(RestartPolicy, AllowsAsManyDeathsAsItSaysInAPeriodAndNotOneMore) {
  RestartPolicy policy(3, 5s);
  EXPECT_TRUE(policy.allow(at(0s)));
  EXPECT_TRUE(policy.allow(at(1s)));
  EXPECT_TRUE(policy.allow(at(2s)));
  EXPECT_FALSE(policy.allow(at(4999ms)));
}

TEST(RestartPolicy, ForgetsADeathWhenItsPeriodIsOver) {
  RestartPolicy policy(3, 5s);
  EXPECT_TRUE(policy.allow(at(0s)));
  EXPECT_TRUE(policy.allow(at(1s)));
  EXPECT_TRUE(policy.allow(at(2s)));
  EXPECT_TRUE(policy.allow(at(5s)));
  EXPECT_FALSE(policy.allow(at(5500ms)));
  EXPECT_TRUE(policy.allow(at(6s)));
}

TEST(RestartPolicy, AllowsAnHourOfDeathsThatKeepWithinTheIntensity) {
  RestartPolicy policy(10, 1s);
  for (int i = 0; i < 36'000; ++i) ASSERT_TRUE(policy.allow(at(i * 100ms))) << i;
  EXPECT_FALSE(policy.allow(at(35'999 * 100ms + 1ms)));
}

TEST(StartBackoff, WaitsTwiceAsLongAfterEachFailureUpToItsMost) {
  StartBackoff backoff(10ms, 65ms);
  os::TimePoint now = at(0s);
  for (const os::Nanoseconds delay : {10ms, 20ms, 40ms, 65ms, 65ms}) {
    backoff.failed(now);
    EXPECT_FALSE(backoff.may_start(now + delay - 1ns));
    EXPECT_TRUE(backoff.may_start(now + delay));
    now += delay;
  }
  EXPECT_EQ(backoff.failures_in_a_row(), 5u);
}

TEST(StartBackoff, CountsFailuresOfOneMomentButWaitsForThemOnce) {
  StartBackoff backoff(10ms, 1s);
  for (int i = 0; i < 8; ++i) backoff.failed(at(0s));
  EXPECT_EQ(backoff.failures_in_a_row(), 8u);
  EXPECT_TRUE(backoff.may_start(at(10ms)));
}

TEST(StartBackoff, BeginsAnewAfterASuccess) {
  StartBackoff backoff(10ms, 1s);
  backoff.failed(at(0s));
  backoff.failed(at(10ms));
  backoff.succeeded();
  EXPECT_TRUE(backoff.may_start(at(11ms)));
  backoff.failed(at(20ms));
  EXPECT_TRUE(backoff.may_start(at(30ms)));
  EXPECT_EQ(backoff.failures_in_a_row(), 1u);
}

void serve(PrefetchPolicy& policy, os::Nanoseconds took, int times = 100) {
  for (int i = 0; i < times; ++i) policy.served(took);
}

TEST(PrefetchPolicy, SpreadsTheFirstTasksOverTheWorkers) {
  const PrefetchPolicy policy(256);
  EXPECT_EQ(policy.depth(0), 1u);
  EXPECT_EQ(policy.stream_depth(), 1u);
}

TEST(PrefetchPolicy, StreamsShortTasksToOneWorker) {
  PrefetchPolicy policy(256);
  serve(policy, 100ns);
  EXPECT_EQ(policy.depth(0), 256u);
  EXPECT_EQ(policy.stream_depth(), 256u);
}

TEST(PrefetchPolicy, WakesAnotherWorkerWhenTheFirstHasWorkForLongerThanThatTakes) {
  PrefetchPolicy policy(256);
  serve(policy, 10us);
  EXPECT_LE(policy.stream_depth(), 4u);
  EXPECT_GE(policy.depth(0), 10u);
}

TEST(PrefetchPolicy, KeepsOneTaskBehindARunningOneOfAMillisecond) {
  PrefetchPolicy policy(256);
  serve(policy, 1ms);
  EXPECT_EQ(policy.depth(0), 2u);
  EXPECT_EQ(policy.stream_depth(), 1u);
}

TEST(PrefetchPolicy, PutsNothingBehindALongTask) {
  PrefetchPolicy policy(256);
  serve(policy, 100ms);
  EXPECT_EQ(policy.depth(0), 1u);
}

TEST(PrefetchPolicy, ATaskThatWasPreemptedOnceDoesNotLookLikeManyLongOnes) {
  PrefetchPolicy policy(256);
  serve(policy, 100ns);
  policy.served(4ms);
  EXPECT_GE(policy.stream_depth(), 32u);
}

TEST(PrefetchPolicy, QueuesMillisecondsOfWorkWhileManyWaitAndAtMostHalfOfThem) {
  PrefetchPolicy policy(256);
  serve(policy, 100us);
  EXPECT_GE(policy.depth(1000), 20u);
  EXPECT_EQ(policy.depth(10), 5u);
  EXPECT_EQ(policy.depth(2), 2u);
  serve(policy, 100ms);
  EXPECT_EQ(policy.depth(1000), 1u);
}

TEST(PrefetchPolicy, GivesOutHalfOfManyBeforeItKnowsHowLongTheyTake) {
  const PrefetchPolicy policy(256);
  EXPECT_EQ(policy.depth(3), 1u);
  EXPECT_EQ(policy.depth(100), 50u);
  EXPECT_EQ(policy.depth(10'000), 256u);
}

TEST(PrefetchPolicy, NeverExceedsItsMost) {
  PrefetchPolicy policy(3);
  serve(policy, 1ns);
  EXPECT_EQ(policy.depth(0), 3u);
}

TEST(OptionsCheck, FillsInTheIntensity) {
  const PoolOptions options = checked({.workers = 3, .spares = 2});
  EXPECT_EQ(options.restarts_max, 5u * 1024u);
}

TEST(OptionsCheck, DurationsLongerThanTimeItselfBecomeTenYears) {
  constexpr auto kForEver = std::chrono::nanoseconds::max();
  const PoolOptions options = checked({.deadline = kForEver, .start_timeout = kForEver});
  EXPECT_EQ(options.deadline, 24h * 3650);
  EXPECT_EQ(options.start_timeout, 24h * 3650);
}

// Whether the options are refused with a text that names the field.
testing::AssertionResult refused(PoolOptions options, const std::string& field) {
  try {
    static_cast<void>(checked(std::move(options)));
  } catch (const std::invalid_argument& error) {
    if (std::string(error.what()).find("PoolOptions::" + field) != std::string::npos) {
      return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << "refused with: " << error.what();
  }
  return testing::AssertionFailure() << "not refused";
}

TEST(OptionsCheck, NamesTheFieldThatMakesNoSense) {
  EXPECT_TRUE(refused({.workers = 0}, "workers"));
  EXPECT_TRUE(refused({.workers = 2049}, "workers"));
  EXPECT_TRUE(refused({.workers = 2000, .spares = 49}, "spares"));
  EXPECT_TRUE(refused({.attempts_max = 0}, "attempts_max"));
  EXPECT_TRUE(refused({.attempts_max = 70'000}, "attempts_max"));
  EXPECT_TRUE(refused({.deadline = -1ns}, "deadline"));
  EXPECT_TRUE(refused({.queue_max = 0}, "queue_max"));
  EXPECT_TRUE(refused({.payload_bytes_max = 0}, "payload_bytes_max"));
  EXPECT_TRUE(refused({.ring_bytes = 5000}, "ring_bytes"));
  EXPECT_TRUE(refused({.ring_bytes = 2048}, "ring_bytes"));
  EXPECT_TRUE(refused({.prefetch_max = 0}, "prefetch_max"));
  EXPECT_TRUE(refused({.restart_period = 0ns}, "restart_period"));
  EXPECT_TRUE(refused({.backoff_first = 2s, .backoff_max = 1s}, "backoff_max"));
  EXPECT_TRUE(refused({.start_failures_max = 0}, "start_failures_max"));
  EXPECT_TRUE(refused({.start_timeout = 0ns}, "start_timeout"));
  EXPECT_TRUE(refused({.leave_timeout = 0ns}, "leave_timeout"));
}

}  // namespace
}  // namespace revenant
