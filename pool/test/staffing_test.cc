// How the pool keeps its strength: spares, recycling, restarts, starts.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "pool/os/shared_region.h"
#include "pool/test/outcomes.h"
#include "pool/test/recovery.h"

namespace revenant::test {
namespace {

using namespace std::chrono_literals;

class Staffing : public Recovery {};

INSTANTIATE_TEST_SUITE_P(Notices, Staffing,
                         ::testing::Values(DeathNotice::automatic, DeathNotice::final_only),
                         notice_name);

TEST_P(Staffing, ASpareTakesADeadWorkersPlace) {
  Pool pool(die_if_told, options(1, 2));
  run_tasks(pool, outcomes_, 10);
  poll_until(pool, outcomes_, [&] { return pool.workers_ready() == 3; });
  ASSERT_EQ(pool.submit("die once", 100), SubmitResult::accepted);
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(events_.count(EventKind::promoted), 1u);
  poll_until(pool, outcomes_, [&] { return pool.workers_ready() == 3; });
}

TEST_P(Staffing, ASparesSuccessorIsNotAskedForBeforeTheSpareHasHadTheProcessor) {
  Pool pool(die_if_told, options(1, 1));
  run_tasks(pool, outcomes_, 10);
  poll_until(pool, outcomes_, [&] { return pool.workers_ready() == 2; });
  const std::size_t asked = events_.count(EventKind::spawn_asked);
  const auto killed = std::chrono::steady_clock::now();
  ::kill(events_.living_workers().at(0), SIGKILL);
  poll_until(pool, outcomes_, [&] { return events_.count(EventKind::spawn_asked) > asked; });
  const auto last =
      std::find_if(events_.all().rbegin(), events_.all().rend(),
                   [](const Event& event) { return event.kind == EventKind::spawn_asked; });
  EXPECT_GE(last->at - killed, 2ms);
}

TEST_P(Staffing, AWorkerIsRecycledAfterItsShareOfTasks) {
  auto recycling = options(1, 1);
  recycling.recycle_after_tasks = 50;
  Pool pool(die_if_told, recycling);
  run_tasks(pool, outcomes_, 1000);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 1000u);
  EXPECT_GE(events_.count(EventKind::recycled), 3u);
  EXPECT_EQ(events_.count(EventKind::blamed), 0u);
  EXPECT_EQ(events_.count(EventKind::moved_on), 0u);
}

TEST_P(Staffing, AWorkerIsRecycledWhenItHasGrown) {
  auto recycling = options(1, 0);
  recycling.recycle_above_bytes = std::size_t{32} << 20;
  Pool pool(
      [](std::string_view payload) {
        static std::string hoard;
        hoard.append(std::size_t{1} << 20, 'x');
        return std::string(payload);
      },
      recycling);
  run_tasks(pool, outcomes_, 300, 1);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 300u);
  EXPECT_GE(events_.count(EventKind::recycled), 2u);
}

TEST_P(Staffing, ThePoolStopsWhenItsWorkersDieTooOftenAndEveryTaskHasAnOutcome) {
  auto strict = options(2, 0);
  strict.restarts_max = 5;
  strict.restart_period = 3600s;
  strict.attempts_max = 1000;
  Pool pool(die_if_told, strict);
  for (std::uint64_t tag = 0; tag < 100; ++tag) {
    ASSERT_EQ(pool.submit("die", tag), SubmitResult::accepted);
  }
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.count(), 100u);
  EXPECT_TRUE(pool.stopped());
  EXPECT_EQ(pool.submit("late"), SubmitResult::stopped);
  EXPECT_EQ(outcomes_.only(99).kind, OutcomeKind::cancelled);
  EXPECT_EQ(outcomes_.only(99).reason, Reason::pool_stopped);
  EXPECT_EQ(events_.count(EventKind::stopped), 1u);
  EXPECT_TRUE(pool.shutdown(kLimit, outcomes_));
}

TEST_P(Staffing, ThePoolStopsWhenNoWorkerEverStarts) {
  auto hopeless = options(2, 0);
  hopeless.backoff_first = 1ms;
  hopeless.backoff_max = 2ms;
  hopeless.start_failures_max = 8;
  hopeless.on_worker_start = [] { ::_exit(3); };
  Pool pool(die_if_told, hopeless);
  ASSERT_EQ(pool.submit("x", 1), SubmitResult::accepted);
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.only(1).kind, OutcomeKind::cancelled);
  EXPECT_EQ(outcomes_.only(1).reason, Reason::pool_stopped);
}

TEST_P(Staffing, AWorkerThatDoesNotBecomeReadyInTimeIsReplaced) {
  os::SharedRegion counters(4096);
  auto* const starts = reinterpret_cast<std::atomic<int>*>(counters.data());
  auto slow = options(1, 0);
  slow.start_timeout = 50ms;
  slow.on_worker_start = [starts] {
    if (++*starts <= 2) ::sleep(600);
  };
  Pool pool(die_if_told, slow);
  run_tasks(pool, outcomes_, 10);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 10u);
  EXPECT_GE(events_.count(EventKind::start_timed_out), 2u);
}

TEST_P(Staffing, TheFinalEventCarriesTheExitStatus) {
  Pool pool(
      [](std::string_view payload) {
        if (payload == "exit") ::_exit(7);
        return std::string();
      },
      options(1, 0));
  ASSERT_EQ(pool.submit("exit", 1), SubmitResult::accepted);
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  poll_until(pool, outcomes_, [&] { return events_.count(EventKind::died_final) >= 3; });
  for (const Event& event : events_.all()) {
    if (event.kind == EventKind::died_final) {
      EXPECT_TRUE(WIFEXITED(event.status) && WEXITSTATUS(event.status) == 7) << event.status;
    }
  }
}

}  // namespace
}  // namespace revenant::test
