#include "bench/src/peers/own_pool.h"

#include <gtest/gtest.h>

namespace revenant::bench::peers {
namespace {

using std::chrono_literals::operator""ms;

TEST(OwnPool, CarriesTasksOneByOneAndInBatches) {
  EXPECT_GT(own_speed(Work::noop, 2, 10ms), 0);
  EXPECT_GT(own_batch_speed(2, 10ms), 0);
}

TEST(OwnPool, SleepsInEachTaskThatShallSleep) {
  const double speed = own_speed(Work::wait, 2, 50ms);
  EXPECT_GT(speed, 0);
  // Two workers do two thousand at most; results that lay ready when the time began come on top.
  EXPECT_LT(speed, 20'000);
}

TEST(OwnPool, LosesNothingWhereAWorkerIsKilledAndGoesOn) {
  const Kill kill = own_kill();
  EXPECT_EQ(kill.completed, kill.tasks);
  EXPECT_EQ(kill.failed, 0u);
  EXPECT_EQ(kill.unanswered, 0u);
  EXPECT_GE(kill.next_result_ms, 0);
  EXPECT_GE(kill.new_worker_ms, kill.next_result_ms);
  EXPECT_TRUE(kill.survives);
  EXPECT_EQ(kill.workers_after, 2u);
}

}  // namespace
}  // namespace revenant::bench::peers
