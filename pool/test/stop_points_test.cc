// SIGSTOP at a named instruction: a worker that stands still holds up nobody but its own task.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <set>
#include <string>
#include <thread>

#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/src/crash_point.h"
#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

class StopPoints : public ::testing::TestWithParam<CrashPoint> {};

// Both workers have a task while the supervisor sleeps. The first to be done is stopped on its way
// to wake it; the second must wake it all the same.
TEST_P(StopPoints, AWorkerStoppedWhileItRingsKeepsNobodyElseFromRinging) {
  arm_crash_point(CrashPoint::none, 0, 0);
  Events events;
  PoolOptions options{.workers = 2, .spares = 0, .prefetch_max = 1};
  options.observer = events.observer();
  Pool pool(
      [](std::string_view milliseconds) {
        std::this_thread::sleep_for(
            std::chrono::milliseconds(std::atoi(std::string(milliseconds).c_str())));
        return std::string(milliseconds);
      },
      options);
  Outcomes outcomes;
  poll_until(pool, outcomes, [&] { return pool.workers_ready() == 2; });

  arm_crash_point(GetParam(), 1, 1, SIGSTOP);
  ASSERT_EQ(pool.submit("100", 1), SubmitResult::accepted);
  ASSERT_EQ(pool.submit("300", 2), SubmitResult::accepted);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_TRUE(pool.drain(kLimit, outcomes));
  // A sleep that ends because the time is up finds what nobody has rung for.
  EXPECT_LT(std::chrono::steady_clock::now() - begun, kLimit) << "nobody woke the supervisor";

  std::set<pid_t> stopped;
  for (const pid_t pid : events.living_workers()) {
    const auto stat = os::read_proc_stat(pid);
    if (stat && stat->state == 'T') stopped.insert(pid);
  }
  EXPECT_EQ(stopped.size(), 1u) << "the point was not reached";
  for (const pid_t pid : stopped) ::kill(pid, SIGCONT);
  arm_crash_point(CrashPoint::none, 0, 0);
  EXPECT_TRUE(pool.shutdown(kLimit, outcomes));
  EXPECT_EQ(outcomes.only(1).value, "100");
  EXPECT_EQ(outcomes.only(2).value, "300");
}

INSTANTIATE_TEST_SUITE_P(Every, StopPoints,
                         ::testing::Values(CrashPoint::worker_bit_set, CrashPoint::worker_rung,
                                           CrashPoint::worker_word_taken));

}  // namespace
}  // namespace revenant::test
