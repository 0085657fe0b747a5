// SIGKILL at each named instruction. Linked with the copy of the library in which they are alive.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "pool/os/proc.h"
#include "pool/src/crash_point.h"
#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

struct Case {
  const char* name;
  CrashPoint point;
  bool may_blame = false;  // the point lies between beginning a task and publishing its result
};

// What is shown at every point is the same: all outcomes, each once, each right, and blame for the
// running task alone.
class CrashPoints : public ::testing::TestWithParam<std::tuple<Case, DeathNotice>> {
 protected:
  void run(std::uint32_t nth, std::uint32_t kills, std::size_t payload_bytes, std::size_t window) {
    const auto& [crash, notice] = GetParam();
    arm_crash_point(crash.point, nth, kills);
    Events events;
    PoolOptions options;
    options.workers = 2;
    options.spares = 1;
    options.attempts_max = kills + 1;
    options.ring_bytes = 4096;
    options.start_timeout = std::chrono::seconds(5);
    options.death_notice = notice;
    options.observer = events.observer();
    Outcomes outcomes;
    const auto payload_of = [&](std::uint64_t tag) {
      return std::string(payload_bytes, static_cast<char>('a' + tag % 26)) + std::to_string(tag);
    };
    {
      Pool pool([](std::string_view payload) { return std::string(payload); }, options);
      run_tasks(pool, outcomes, 400, window, payload_of);
      EXPECT_TRUE(pool.shutdown(kLimit, outcomes));
    }
    killed_ += crash_point_kills();
    arm_crash_point(CrashPoint::none, 0, 0);
    for (std::uint64_t tag = 0; tag < 400; ++tag) {
      ASSERT_EQ(outcomes.only(tag).kind, OutcomeKind::completed) << tag;
      ASSERT_EQ(outcomes.only(tag).value, payload_of(tag)) << tag;
    }
    if (!crash.may_blame) {
      EXPECT_EQ(events.count(EventKind::blamed), 0u);
    }
    EXPECT_TRUE(os::read_children(::getpid()).empty());
  }

  std::uint32_t killed_ = 0;
};

TEST_P(CrashPoints, NothingIsLost) {
  const bool in_fragments = std::get<0>(GetParam()).point == CrashPoint::worker_fragment_read ||
                            std::get<0>(GetParam()).point == CrashPoint::worker_fragment_written;
  const std::size_t bytes = in_fragments ? 20'000 : 20;
  for (const std::uint32_t nth : {1u, 2u, 7u}) run(nth, 3, bytes, 32);
  // One task at a time: both sides fall asleep between tasks, and nobody else rings.
  run(3, 3, bytes, 1);
  // Where a worker is always in time it hardly sleeps.
  for (int more = 0; killed_ < 4 && more < 20; ++more) run(1, 3, bytes, 1);
  EXPECT_GE(killed_, 4u) << "the point was hardly met";
}

constexpr Case kCases[] = {
    {"WorkerForked", CrashPoint::worker_forked},
    {"WorkerClaimed", CrashPoint::worker_claimed},
    {"WorkerLocked", CrashPoint::worker_locked},
    {"WorkerReadyUnrung", CrashPoint::worker_ready_unrung},
    {"WorkerSaysItBegins", CrashPoint::worker_says_it_begins, true},
    {"WorkerTaskBegun", CrashPoint::worker_task_begun, true},
    {"WorkerFragmentRead", CrashPoint::worker_fragment_read, true},
    {"WorkerResultUnwritten", CrashPoint::worker_result_unwritten, true},
    {"WorkerFragmentWritten", CrashPoint::worker_fragment_written, true},
    {"WorkerResultUnpublished", CrashPoint::worker_result_unpublished, true},
    {"WorkerResultPublished", CrashPoint::worker_result_published},
    {"WorkerBitSet", CrashPoint::worker_bit_set, true},
    {"WorkerWordTaken", CrashPoint::worker_word_taken, true},
    {"WorkerRung", CrashPoint::worker_rung, true},
    {"WorkerTaskUnreleased", CrashPoint::worker_task_unreleased},
    {"WorkerSaysItSleeps", CrashPoint::worker_says_it_sleeps, true},
    {"WorkerWoken", CrashPoint::worker_woken, true},
    {"NurseryAsked", CrashPoint::nursery_asked, true},
    {"NurseryForked", CrashPoint::nursery_forked, true},
    {"NurseryReported", CrashPoint::nursery_reported, true},
};

INSTANTIATE_TEST_SUITE_P(Every, CrashPoints,
                         ::testing::Combine(::testing::ValuesIn(kCases),
                                            ::testing::Values(DeathNotice::automatic,
                                                              DeathNotice::final_only)),
                         [](const auto& test) {
                           return std::string(std::get<0>(test.param).name) +
                                  (std::get<1>(test.param) == DeathNotice::automatic ? "Early"
                                                                                     : "FinalOnly");
                         });

// Reached only on the way out, or after another death: those need a run of their own.
TEST(CrashPointsOnTheWayOut, AWorkerKilledWhileItLeavesCostsNothing) {
  arm_crash_point(CrashPoint::worker_leaving, 1, 2);
  Outcomes outcomes;
  Pool pool([](std::string_view payload) { return std::string(payload); },
            {.workers = 2, .recycle_after_tasks = 20});
  run_tasks(pool, outcomes, 400);
  EXPECT_TRUE(pool.shutdown(kLimit, outcomes));
  EXPECT_EQ(crash_point_kills(), 2u);
  EXPECT_EQ(outcomes.count(OutcomeKind::completed), 400u);
  arm_crash_point(CrashPoint::none, 0, 0);
}

TEST(CrashPointsOnTheWayIn, ASpareKilledWhenItHasTouchedItsRingsCostsNothing) {
  arm_crash_point(CrashPoint::worker_warmed_up, 1, 3);
  Events events;
  Outcomes outcomes;
  Pool pool([](std::string_view payload) { return std::string(payload); },
            {.workers = 2, .observer = events.observer()});
  run_tasks(pool, outcomes, 100);
  poll_until(pool, outcomes, [&] { return crash_point_kills() == 3 && pool.workers_ready() == 3; });
  run_tasks(pool, outcomes, 100);
  EXPECT_EQ(outcomes.count(OutcomeKind::completed), 200u);
  EXPECT_EQ(events.count(EventKind::blamed), 0u);
  arm_crash_point(CrashPoint::none, 0, 0);
}

TEST(CrashPointsOnTheWayOut, ANurseryKilledWithAnExitStatusInItsHandsCostsNothing) {
  arm_crash_point(CrashPoint::nursery_reaped, 2, 3);  // the first is the trial of the early notice
  Outcomes outcomes;
  Pool pool(
      [](std::string_view payload) {
        if (payload == "7" && current_task().attempt == 1) ::_exit(1);
        return std::string(payload);
      },
      {.workers = 2, .attempts_max = 10});
  for (int round = 0; round < 4; ++round) run_tasks(pool, outcomes, 100);
  EXPECT_GE(crash_point_kills(), 1u);
  EXPECT_EQ(outcomes.count(OutcomeKind::completed), 400u);
  arm_crash_point(CrashPoint::none, 0, 0);
}

// The supervisor's own death: nothing of its tree is alive afterwards. The test is its subreaper,
// so that it sees all.
class SupervisorCrash : public ::testing::TestWithParam<std::pair<CrashPoint, std::uint32_t>> {};

TEST_P(SupervisorCrash, NothingOfItsTreeOutlivesIt) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  const auto [point, nth] = GetParam();
  const pid_t supervisor = ::fork();
  if (supervisor == 0) {
    arm_crash_point(point, nth, 1);
    Pool pool([](std::string_view payload) { return std::string(payload); }, {.workers = 4});
    Outcomes outcomes;
    for (std::uint64_t tag = 0; tag < 100'000; ++tag) {
      if (pool.submit("x", tag) != SubmitResult::accepted) break;
      pool.poll(std::chrono::milliseconds(100), outcomes);
    }
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(supervisor, &status, 0), supervisor);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the point was not reached";
  // Every orphan of the tree becomes our child: when there is none left, nothing is alive.
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (::waitpid(-1, &status, WNOHANG) >= 0) {
    ASSERT_LT(std::chrono::steady_clock::now(), until) << "a process outlived its supervisor";
    ::usleep(1000);
  }
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

INSTANTIATE_TEST_SUITE_P(Every, SupervisorCrash,
                         ::testing::Values(std::pair{CrashPoint::supervisor_forked, 1u},
                                           std::pair{CrashPoint::supervisor_asked, 1u},
                                           std::pair{CrashPoint::supervisor_asked, 2u},
                                           std::pair{CrashPoint::supervisor_asked, 4u},
                                           std::pair{CrashPoint::supervisor_asked, 5u}));

}  // namespace
}  // namespace revenant::test
