// Deaths, and what the pool makes of them.
#include "pool/test/recovery.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>

#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/os/shared_region.h"
#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

using namespace std::chrono_literals;

INSTANTIATE_TEST_SUITE_P(Notices, Recovery,
                         ::testing::Values(DeathNotice::automatic, DeathNotice::final_only),
                         notice_name);

TEST_P(Recovery, ATaskWhoseWorkerDiedIsRunAgain) {
  Pool pool(die_if_told, options(1, 0));
  ASSERT_EQ(pool.submit("die once", 1), SubmitResult::accepted);
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.only(1).kind, OutcomeKind::completed);
  EXPECT_EQ(outcomes_.only(1).attempts, 2u);
  EXPECT_EQ(events_.count(EventKind::blamed), 1u);
}

TEST_P(Recovery, TheEarlyNoticeIsUsedWhereItWorksAndOnlyWhereItIsWanted) {
  Pool pool(die_if_told, options(1, 0));
  // On a busy machine the final notice may overtake it; not thirty times.
  for (std::uint64_t tag = 0; tag < 30; ++tag) {
    ASSERT_EQ(pool.submit("die once", tag), SubmitResult::accepted);
  }
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  const bool expected = GetParam() == DeathNotice::automatic && pool.notices_early();
  EXPECT_EQ(events_.count(EventKind::died_early) != 0, expected);
  EXPECT_EQ(events_.count(EventKind::blamed), 30u);
}

TEST_P(Recovery, ATaskThatKillsItsWorkersIsGivenUpAfterItsAttempts) {
  Pool pool(die_if_told, options(2, 1));
  ASSERT_EQ(pool.submit("die", 1), SubmitResult::accepted);
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.only(1).kind, OutcomeKind::gave_up);
  EXPECT_EQ(outcomes_.only(1).reason, Reason::worker_died);
  EXPECT_EQ(outcomes_.only(1).attempts, 3u);
}

TEST_P(Recovery, OnlyTheRunningTaskIsBlamed) {
  Pool pool(die_if_told, options(1, 1));
  run_tasks(pool, outcomes_, 1000);  // the pool streams to its worker
  for (std::uint64_t tag = 1000; tag < 1100; ++tag) {
    ASSERT_EQ(pool.submit(tag == 1050 ? "die" : "live", tag), SubmitResult::accepted);
  }
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  for (std::uint64_t tag = 1000; tag < 1100; ++tag) {
    const Delivered& outcome = outcomes_.only(tag);
    EXPECT_EQ(outcome.kind, tag == 1050 ? OutcomeKind::gave_up : OutcomeKind::completed) << tag;
    EXPECT_EQ(outcome.attempts, tag == 1050 ? 3u : 1u) << tag;
  }
  EXPECT_EQ(events_.count(EventKind::blamed), 3u);
}

TEST_P(Recovery, ResultsPublishedBeforeDeathAreDeliveredAndNotRunAgain) {
  os::SharedRegion counters(4096);
  auto* const runs = reinterpret_cast<std::atomic<int>*>(counters.data());
  Pool pool(
      [runs](std::string_view payload) {
        ++*runs;
        return std::string(payload);
      },
      options(1, 0));
  run_tasks(pool, outcomes_, 1000);
  for (std::uint64_t tag = 1000; tag < 1020; ++tag) {
    ASSERT_EQ(pool.submit("x", tag), SubmitResult::accepted);
  }
  // The worker has published all of them, and dies before the supervisor has looked at one.
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (*runs < 1020 && std::chrono::steady_clock::now() < until) ::usleep(1000);
  const auto worker = os::Process::open(events_.living_workers().at(0));
  ASSERT_TRUE(worker.has_value());
  // Its ring and its sleep come after the last run: wait for the sleep.
  while (os::read_proc_stat(worker->pid())->state != 'S') ::usleep(1000);
  worker->send_signal(SIGKILL);
  ASSERT_TRUE(worker->wait_ended(60'000));
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 1020u);
  EXPECT_EQ(*runs, 1020);
  EXPECT_EQ(events_.count(EventKind::blamed), 0u);
}

TEST_P(Recovery, NoTaskIsLostUnderRandomKills) {
  Pool pool(
      [](std::string_view payload) {
        volatile unsigned sum = 0;
        for (unsigned i = 0; i < 20'000; ++i) sum = sum + i;
        return std::string(payload);
      },
      options(3, 1));
  std::mt19937 random(11);
  std::uint64_t next = 0;
  int kills = 0;
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (outcomes_.count() < 20'000 && std::chrono::steady_clock::now() < until) {
    while (next < 20'000 && pool.open_tasks() < 64) {
      ASSERT_EQ(pool.submit(std::to_string(next), next), SubmitResult::accepted);
      ++next;
    }
    pool.poll(1ms, outcomes_);
    if (random() % 50 == 0) {
      kill_one(random);
      ++kills;
    }
  }
  EXPECT_GT(kills, 5);
  for (std::uint64_t tag = 0; tag < 20'000; ++tag) {
    // Three kills may meet one task: that is told, not lost.
    const Delivered& outcome = outcomes_.only(tag);
    if (outcome.kind == OutcomeKind::gave_up) continue;
    ASSERT_EQ(outcome.kind, OutcomeKind::completed);
    ASSERT_EQ(outcome.value, std::to_string(tag));
  }
}

// Every second one is lent, and its memory overwritten as soon as its outcome is there.
TEST_P(Recovery, LargePayloadsSurviveKillsInTheirMiddle) {
  auto with_small_rings = options(2, 1);
  with_small_rings.ring_bytes = 4096;
  with_small_rings.attempts_max = 1000;
  Pool pool([](std::string_view payload) { return std::string(payload); }, with_small_rings);
  const auto payload_of = [](std::uint64_t tag) {
    return std::string(300'000 + tag * 13, static_cast<char>('a' + tag % 26));
  };
  std::vector<std::string> lent(200);
  const auto give_back = [&](const Outcome& outcome) {
    outcomes_(outcome);
    std::fill(lent[outcome.tag].begin(), lent[outcome.tag].end(), '!');
  };
  std::mt19937 random(5);
  std::uint64_t next = 0;
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (outcomes_.count() < 200 && std::chrono::steady_clock::now() < until) {
    while (next < 200 && pool.open_tasks() < 8) {
      if (next % 2 == 0) {
        ASSERT_EQ(pool.submit(payload_of(next), next), SubmitResult::accepted);
      } else {
        lent[next] = payload_of(next);
        ASSERT_EQ(pool.submit_lent(lent[next], next), SubmitResult::accepted);
      }
      ++next;
    }
    pool.poll(2ms, give_back);
    if (random() % 8 == 0) kill_one(random);
  }
  EXPECT_GT(events_.count(EventKind::died_final), 3u);
  for (std::uint64_t tag = 0; tag < 200; ++tag) {
    ASSERT_EQ(outcomes_.only(tag).value, payload_of(tag)) << tag;
  }
}

TEST_P(Recovery, AllWorkersKilledAtOnceAreReplaced) {
  Pool pool(die_if_told, options(4, 1));
  for (int round = 0; round < 5; ++round) {
    run_tasks(pool, outcomes_, 200);
    poll_until(pool, outcomes_, [&] { return pool.workers_ready() == 5; });
    for (const pid_t pid : events_.living_workers()) ::kill(pid, SIGKILL);
  }
  run_tasks(pool, outcomes_, 200);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 1200u);
}

TEST_P(Recovery, AnIdleWorkerThatWasKilledCostsNothing) {
  Pool pool(die_if_told, options(1, 0));
  run_tasks(pool, outcomes_, 100);
  for (int round = 0; round < 20; ++round) {
    poll_until(pool, outcomes_, [&] { return events_.living_workers().size() == 1; });
    ::kill(events_.living_workers().at(0), SIGKILL);
    run_tasks(pool, outcomes_, 10);
  }
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 300u);
  EXPECT_EQ(events_.count(EventKind::blamed), 0u);
}

TEST_P(Recovery, TheNurseryMayBeKilledAtAnyTime) {
  Pool pool(die_if_told, options(2, 1));
  for (int round = 0; round < 10; ++round) {
    run_tasks(pool, outcomes_, 300);
    const pid_t nursery = events_.nursery();
    ::kill(nursery, SIGKILL);
    poll_until(pool, outcomes_, [&] { return events_.nursery() != nursery; });
  }
  run_tasks(pool, outcomes_, 300);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 3300u);
  EXPECT_EQ(events_.count(EventKind::nursery_died), 10u);
}

TEST_P(Recovery, AStoppedWorkerIsOvertakenAndItsTaskIsNotLost) {
  Pool pool(die_if_told, options(2, 0));
  run_tasks(pool, outcomes_, 500);
  poll_until(pool, outcomes_, [&] { return events_.living_workers().size() == 2; });
  const auto victim = os::Process::open(events_.living_workers().at(0));
  ASSERT_TRUE(victim.has_value());
  victim->send_signal(SIGSTOP);
  for (std::uint64_t tag = 1000; tag < 1500; ++tag) {
    ASSERT_EQ(pool.submit("x", tag), SubmitResult::accepted);
  }
  // All but the one that it was in, if it was in one, are done by the other.
  poll_until(pool, outcomes_, [&] { return pool.open_tasks() <= 1; });
  victim->send_signal(SIGCONT);
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 1000u);
}

TEST_P(Recovery, AWorkerThatWaitsForAProcessorKeepsItsTask) {
  // Everything on one processor, with more to do for it than it can: workers wait long to run.
  cpu_set_t before;
  ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int cpu = 0; CPU_COUNT(&one) == 0; ++cpu) {
    if (CPU_ISSET(cpu, &before)) CPU_SET(cpu, &one);
  }
  ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
  std::vector<pid_t> hogs;
  for (int i = 0; i < 12; ++i) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      volatile unsigned turns = 0;
      while (true) turns = turns + 1;
    }
    hogs.push_back(pid);
  }
  {
    auto one_each = options(4, 0);
    one_each.prefetch_max = 1;
    Pool pool(die_if_told, one_each);
    run_tasks(pool, outcomes_, 200, 8);
  }
  for (const pid_t pid : hogs) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  ASSERT_EQ(::sched_setaffinity(0, sizeof before, &before), 0);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 200u);
  EXPECT_EQ(events_.count(EventKind::moved_on), 0u);
}

TEST_P(Recovery, ATaskPastItsDeadlineIsGivenUpAfterItsAttempts) {
  auto with_deadline = options(2, 0);
  with_deadline.deadline = 30ms;
  with_deadline.attempts_max = 2;
  Pool pool(
      [](std::string_view payload) -> std::string {
        if (payload == "hang") {
          while (true) ::pause();
        }
        return "fine";
      },
      with_deadline);
  run_tasks(pool, outcomes_, 100);
  ASSERT_EQ(pool.submit("hang", 1000), SubmitResult::accepted);
  for (std::uint64_t tag = 1001; tag < 1050; ++tag) {
    ASSERT_EQ(pool.submit("work", tag), SubmitResult::accepted);
  }
  ASSERT_TRUE(pool.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.only(1000).kind, OutcomeKind::gave_up);
  EXPECT_EQ(outcomes_.only(1000).reason, Reason::deadline);
  EXPECT_EQ(outcomes_.only(1000).attempts, 2u);
  for (std::uint64_t tag = 1001; tag < 1050; ++tag) {
    EXPECT_EQ(outcomes_.only(tag).kind, OutcomeKind::completed);
  }
}

}  // namespace
}  // namespace revenant::test
