// The load that throughput is measured with, counted by what the pool itself delivered.
#include "bench/src/throughput/echo_load.h"

#include <gtest/gtest.h>

#include <chrono>

#include "revenant/pool.h"

namespace revenant::bench {
namespace {

constexpr std::size_t kWindow = 64;

TEST(EchoLoad, CountsNothingThatCameBeforeTheClockWasStarted) {
  Pool pool(echo_number, {.workers = 2});
  EchoLoad load(pool, kWindow, 64);
  ASSERT_TRUE(load.start()) << load.error();
  // More than is asked for below, and nothing of it has been asked for.
  while (load.delivered() < 10 * kWindow) {
    ASSERT_TRUE(load.poll_once(std::chrono::seconds(10))) << load.error();
  }
  load.begin_counting();
  const std::uint64_t before = load.delivered();
  ASSERT_TRUE(load.run(5 * kWindow)) << load.error();
  EXPECT_GE(load.delivered() - before, 5 * kWindow);
  EXPECT_TRUE(load.finish()) << load.error();
}

}  // namespace
}  // namespace revenant::bench
