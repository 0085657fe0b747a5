// A test of a pool of processes, whatever it is written in: MY_POOL is its program, which speaks
// the target protocol. Built and run with the project's own tests.
#include "revenant/chaos/gtest.h"

namespace {

using std::chrono_literals::operator""ms;

revenant::chaos::RunOptions my_pool() {
  return {.command = {MY_POOL, "--workers", "3"}, .tasks = 500, .seed = 7, .out = "my-pool-runs"};
}

TEST(MyPool, LosesNothingWhenItsWorkersAreKilled) {
  auto options = my_pool();
  options.schedules = {{.per_second = 40}};
  EXPECT_TRUE(revenant::chaos::survives(options));
}

TEST(MyPool, LosesNothingWhenAWorkerDiesAsItWritesItsResult) {
  auto options = my_pool();
  options.schedules = {{.kind = revenant::chaos::Schedule::Kind::at_write, .count = 5}};
  EXPECT_TRUE(revenant::chaos::survives(options));
}

TEST(MyPool, LeavesNothingBehindWhenItIsKilledItself) {
  auto options = my_pool();
  options.faults = {{.kind = revenant::chaos::FaultKind::kill_main}};
  EXPECT_TRUE(revenant::chaos::survives(options));
}

}  // namespace
