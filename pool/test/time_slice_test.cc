// Short slices are the pool's own: what a program's code runs with is what the program had.
#include "pool/os/time_slice.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

struct Schedule {
  std::uint32_t size = sizeof(Schedule);
  std::uint32_t policy = 0;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t slice_ns = 0;
  std::uint64_t unused[2] = {};
};

// In nanoseconds; 0 where the kernel has none, or the thread's policy is another.
std::uint64_t slice_of(pid_t thread) {
  Schedule schedule;
  if (::syscall(SYS_sched_getattr, thread, &schedule, sizeof schedule, 0) != 0) return 0;
  return schedule.policy == SCHED_OTHER ? schedule.slice_ns : 0;
}

bool has_slices() { return slice_of(0) > 100'000; }

TEST(TimeSlice, IsGivenBackAsItWas) {
  if (!has_slices()) GTEST_SKIP() << "no slices longer than the shortest here";
  // A thread of its own, since a process that failed half-way would go on with it.
  std::thread([] {
    const std::uint64_t before = slice_of(0);
    const os::TimeSlice slice = os::TimeSlice::shorten();
    EXPECT_EQ(slice_of(0), 100'000u);
    slice.restore();
    EXPECT_EQ(slice_of(0), before);
  }).join();
}

TEST(TimeSlice, IsLeftAloneWhereAnotherWasChosenMeanwhile) {
  if (!has_slices()) GTEST_SKIP() << "no slices longer than the shortest here";
  std::thread([] {
    const os::TimeSlice slice = os::TimeSlice::shorten();
    Schedule chosen;
    chosen.slice_ns = 500'000;
    ASSERT_EQ(::syscall(SYS_sched_setattr, 0, &chosen, 0), 0);
    slice.restore();
    EXPECT_EQ(slice_of(0), 500'000u);
    const sched_param none{};
    ASSERT_EQ(::sched_setscheduler(0, SCHED_BATCH, &none), 0);
    os::TimeSlice::shorten().restore();
    EXPECT_EQ(::sched_getscheduler(0), SCHED_BATCH);
  }).join();
}

TEST(TimeSlice, OfAWorkerIsTheProgramsBeforeAnyCodeOfTheProgramRuns) {
  if (!has_slices()) GTEST_SKIP() << "no slices longer than the shortest here";
  static std::uint64_t at_start = 0;  // each worker's own copy
  PoolOptions options{.workers = 1, .spares = 0};
  options.on_worker_start = [] { at_start = slice_of(0); };
  Pool pool(
      [](std::string_view, std::string& value) {
        value = std::to_string(at_start) + " " + std::to_string(slice_of(0));
      },
      options);
  ASSERT_EQ(pool.submit("", 1), SubmitResult::accepted);
  std::string value;
  pool.drain(kLimit, [&](const Outcome& outcome) { value = outcome.value; });
  const std::string own = std::to_string(slice_of(0));
  EXPECT_EQ(value, own + " " + own);
}

}  // namespace
}  // namespace revenant::test
