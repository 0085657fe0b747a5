// The pool as its users meet it, without a death.
#include "revenant/pool.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/os/shared_region.h"
#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

using namespace std::chrono_literals;

std::string echo(std::string_view payload) { return std::string(payload); }

TEST(Pool, DeliversOneOutcomeForEveryTask) {
  Pool pool(echo, {.workers = 2});
  Outcomes outcomes;
  run_tasks(pool, outcomes, 5000);
  for (std::uint64_t tag = 0; tag < 5000; ++tag) {
    const Delivered& outcome = outcomes.only(tag);
    EXPECT_EQ(outcome.kind, OutcomeKind::completed);
    EXPECT_EQ(outcome.reason, Reason::none);
    EXPECT_EQ(outcome.value, std::to_string(tag));
    EXPECT_EQ(outcome.attempts, 1u);
    EXPECT_GT(outcome.worker, 0);
  }
}

TEST(Pool, CarriesPayloadsAndResultsOfEverySize) {
  Pool pool(echo, {.workers = 2, .ring_bytes = 4096});
  Outcomes outcomes;
  const auto payload_of = [](std::uint64_t tag) {
    const std::size_t size = tag < 3000 ? tag : (tag - 3000) * 77'777;
    std::string payload(size, '\0');
    for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<char>(i * 7 + tag);
    return payload;
  };
  run_tasks(pool, outcomes, 3030, 16, payload_of);
  for (std::uint64_t tag = 0; tag < 3030; ++tag) {
    ASSERT_EQ(outcomes.only(tag).value, payload_of(tag)) << tag;
  }
}

TEST(Pool, AnExceptionBecomesTheOutcomeFailedWithItsText) {
  Pool pool([](std::string_view payload) -> std::string {
    if (payload == "1") throw std::runtime_error("one is refused");
    if (payload == "2") throw 2;
    return "fine";
  });
  Outcomes outcomes;
  run_tasks(pool, outcomes, 4);
  EXPECT_EQ(outcomes.only(0).kind, OutcomeKind::completed);
  EXPECT_EQ(outcomes.only(1).kind, OutcomeKind::failed);
  EXPECT_EQ(outcomes.only(1).reason, Reason::threw);
  EXPECT_EQ(outcomes.only(1).value, "one is refused");
  EXPECT_EQ(outcomes.only(2).kind, OutcomeKind::failed);
  EXPECT_EQ(outcomes.only(3).kind, OutcomeKind::completed);
}

TEST(Pool, AResultOverTheLimitFailsWithTheSizesInItsText) {
  Pool pool([](std::string_view) { return std::string(2000, 'x'); }, {.payload_bytes_max = 1000});
  Outcomes outcomes;
  run_tasks(pool, outcomes, 1);
  EXPECT_EQ(outcomes.only(0).kind, OutcomeKind::failed);
  EXPECT_EQ(outcomes.only(0).reason, Reason::unpresentable);
  EXPECT_NE(outcomes.only(0).value.find("2000"), std::string::npos) << outcomes.only(0).value;
}

TEST(Pool, SubmitRefusesWhatIsOverItsLimitsAndNeverBlocks) {
  Pool pool(echo, {.workers = 1, .queue_max = 3, .queue_bytes_max = 100, .payload_bytes_max = 60});
  EXPECT_EQ(pool.submit(std::string(61, 'x')), SubmitResult::too_large);
  EXPECT_EQ(pool.submit(std::string(60, 'x')), SubmitResult::accepted);
  EXPECT_EQ(pool.submit(std::string(60, 'x')), SubmitResult::full) << "bytes";
  EXPECT_EQ(pool.submit("b"), SubmitResult::accepted);
  EXPECT_EQ(pool.submit("c"), SubmitResult::accepted);
  EXPECT_EQ(pool.submit("d"), SubmitResult::full) << "tasks";
  Outcomes outcomes;
  EXPECT_TRUE(pool.drain(kLimit, outcomes));
  EXPECT_EQ(pool.submit("e"), SubmitResult::accepted);
}

TEST(Pool, AHandlerMaySubmit) {
  Pool pool(echo, {.workers = 1});
  int delivered = 0;
  const auto chain = [&](const Outcome& outcome) {
    ++delivered;
    if (outcome.tag < 500) {
      ASSERT_EQ(pool.submit("next", outcome.tag + 1), SubmitResult::accepted);
    }
  };
  ASSERT_EQ(pool.submit("first", 0), SubmitResult::accepted);
  EXPECT_TRUE(pool.drain(kLimit, chain));
  EXPECT_EQ(delivered, 501);
}

TEST(Pool, AnExceptionFromTheHandlerReachesTheCallerAndCostsNoOtherOutcome) {
  Pool pool(echo, {.workers = 2});
  for (std::uint64_t tag = 0; tag < 300; ++tag) {
    ASSERT_EQ(pool.submit("x", tag), SubmitResult::accepted);
  }
  Outcomes outcomes;
  int thrown = 0;
  const auto throws_at_times = [&](const Outcome& outcome) {
    outcomes(outcome);
    if (outcome.tag % 7 == 0) throw std::runtime_error("from the handler");
  };
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (pool.open_tasks() != 0 && std::chrono::steady_clock::now() < until) {
    try {
      pool.poll(1s, throws_at_times);
    } catch (const std::runtime_error&) {
      ++thrown;
    }
  }
  EXPECT_EQ(thrown, 43);
  for (std::uint64_t tag = 0; tag < 300; ++tag) outcomes.only(tag);
}

TEST(Pool, PollReturnsAtOnceWhereNothingIsOpen) {
  Pool pool(echo);
  Outcomes outcomes;
  EXPECT_EQ(pool.poll(-1ns, outcomes), 0u);
  EXPECT_TRUE(pool.drain(-1ns, outcomes));
}

TEST(Pool, ATimeoutLongerThanTimeItselfIsForEver) {
  constexpr auto kForEver = std::chrono::nanoseconds::max();
  Pool pool(echo);
  Outcomes outcomes;
  ASSERT_EQ(pool.submit("x", 1), SubmitResult::accepted);
  EXPECT_EQ(pool.poll(kForEver, outcomes), 1u);
  ASSERT_EQ(pool.submit("x", 2), SubmitResult::accepted);
  EXPECT_TRUE(pool.drain(kForEver, outcomes));
  ASSERT_EQ(pool.submit("x", 3), SubmitResult::accepted);
  EXPECT_TRUE(pool.shutdown(kForEver, outcomes));
  EXPECT_EQ(outcomes.count(OutcomeKind::completed), 3u);
}

TEST(Pool, WorkersKnowTheTaskAndTheAttempt) {
  Pool pool([](std::string_view) {
    const CurrentTask task = current_task();
    return std::to_string(task.tag) + "/" + std::to_string(task.attempt);
  });
  Outcomes outcomes;
  run_tasks(pool, outcomes, 10);
  EXPECT_EQ(outcomes.only(7).value, "7/1");
  EXPECT_EQ(current_task().attempt, 0u);
}

TEST(Pool, WorkersRunTheStartFunctionBeforeTheirFirstTask) {
  static int started = 0;
  Pool pool([](std::string_view) { return std::to_string(started); },
            {.workers = 2, .on_worker_start = [] { ++started; }});
  Outcomes outcomes;
  run_tasks(pool, outcomes, 50);
  for (std::uint64_t tag = 0; tag < 50; ++tag) EXPECT_EQ(outcomes.only(tag).value, "1");
  EXPECT_EQ(started, 0) << "in this process";
}

TEST(Pool, WorkersRunTheLeaveFunctionAfterTheirLastTaskUnlessTheyAreKilled) {
  const os::SharedRegion region(sizeof(std::atomic<int>));
  auto& farewells = *new (region.data()) std::atomic<int>(0);
  int left = 0;
  Pool pool(
      [](std::string_view payload) {
        if (payload == "die") ::raise(SIGKILL);
        return std::string("done");
      },
      {.workers = 2,
       .spares = 1,
       .attempts_max = 1,
       .recycle_after_tasks = 1,
       .on_worker_leave = [&] { ++farewells; },
       .observer =
           [&](const Event& event) {
             if (event.kind == EventKind::died_final && event.status == 0) ++left;
           }});
  Outcomes outcomes;
  run_tasks(pool, outcomes, 4);
  ASSERT_EQ(pool.submit("die", 9), SubmitResult::accepted);
  ASSERT_TRUE(pool.drain(kLimit, outcomes));
  EXPECT_EQ(outcomes.only(9).kind, OutcomeKind::gave_up);
  while (pool.workers_ready() < 2) pool.poll(10ms, outcomes);
  EXPECT_TRUE(pool.shutdown(kLimit, outcomes));
  // Recycled, or there when the pool was shut down.
  EXPECT_GE(left, 1 + 2);
  EXPECT_EQ(farewells, left);
}

TEST(Pool, KillsAWorkerThatDoesNotLeaveInItsTime) {
  std::vector<int> statuses;
  Pool pool(echo, {.workers = 1,
                   .spares = 0,
                   .leave_timeout = 20ms,
                   .on_worker_leave =
                       [] {
                         while (true) ::pause();
                       },
                   .observer =
                       [&](const Event& event) {
                         if (event.kind == EventKind::died_final) statuses.push_back(event.status);
                       }});
  Outcomes outcomes;
  run_tasks(pool, outcomes, 1);
  EXPECT_TRUE(pool.shutdown(kLimit, outcomes));
  EXPECT_EQ(statuses, std::vector<int>{SIGKILL});
}

TEST(Pool, ShutdownFinishesWhatIsOpenAndLeavesNoProcessAndNoDescriptor) {
  const std::size_t descriptors = os::count_descriptors(::getpid()).value();
  {
    Pool pool(echo, {.workers = 3});
    Outcomes outcomes;
    for (std::uint64_t tag = 0; tag < 1000; ++tag) {
      ASSERT_EQ(pool.submit("x", tag), SubmitResult::accepted);
    }
    EXPECT_TRUE(pool.shutdown(kLimit, outcomes));
    EXPECT_EQ(outcomes.count(OutcomeKind::completed), 1000u);
    EXPECT_EQ(pool.submit("late"), SubmitResult::stopped);
    EXPECT_TRUE(pool.stopped());
    EXPECT_EQ(pool.workers_ready(), 0u);
    EXPECT_TRUE(pool.shutdown(kLimit, outcomes)) << "the second time";
    EXPECT_TRUE(os::read_children(::getpid()).empty());
  }
  EXPECT_EQ(os::count_descriptors(::getpid()).value(), descriptors);
}

TEST(Pool, ShutdownCancelsWhatIsNotDoneByItsDeadline) {
  Pool pool(
      [](std::string_view payload) {
        if (payload == "hang") {
          while (true) ::pause();
        }
        return std::string("done");
      },
      {.workers = 2});
  Outcomes outcomes;
  ASSERT_EQ(pool.submit("quick", 0), SubmitResult::accepted);
  ASSERT_TRUE(pool.drain(kLimit, outcomes));
  for (std::uint64_t tag = 1; tag <= 5; ++tag) {
    ASSERT_EQ(pool.submit("hang", tag), SubmitResult::accepted);
  }
  EXPECT_FALSE(pool.shutdown(50ms, outcomes));
  EXPECT_EQ(outcomes.only(0).kind, OutcomeKind::completed);
  for (std::uint64_t tag = 1; tag <= 5; ++tag) {
    EXPECT_EQ(outcomes.only(tag).kind, OutcomeKind::cancelled);
    EXPECT_EQ(outcomes.only(tag).reason, Reason::shut_down);
  }
  EXPECT_TRUE(os::read_children(::getpid()).empty());
}

TEST(Pool, DestructionWithoutShutdownLeavesNoProcess) {
  Events events;
  pid_t nursery = -1;
  {
    Pool pool(
        [](std::string_view) -> std::string {
          while (true) ::pause();
        },
        {.workers = 3, .observer = events.observer()});
    nursery = events.nursery();
    Outcomes outcomes;
    ASSERT_EQ(pool.submit("x"), SubmitResult::accepted);
    poll_until(pool, outcomes, [&] { return pool.workers_ready() == 4; });
  }
  EXPECT_FALSE(os::Process::open(nursery).has_value());
  for (const pid_t pid : events.living_workers()) {
    EXPECT_FALSE(os::Process::open(pid).has_value()) << pid;
  }
}

TEST(Pool, TwoPoolsInOneProgramDoNotDisturbEachOther) {
  Pool a([](std::string_view) { return std::string("a"); }, {.workers = 1});
  auto b = std::make_unique<Pool>([](std::string_view) { return std::string("b"); },
                                  PoolOptions{.workers = 1});
  Outcomes of_a;
  Outcomes of_b;
  run_tasks(a, of_a, 100);
  run_tasks(*b, of_b, 100);
  b.reset();
  run_tasks(a, of_a, 100);
  EXPECT_EQ(of_b.only(5).value, "b");
  EXPECT_EQ(of_a.count(OutcomeKind::completed), 200u);
}

TEST(Pool, AMovedPoolGoesOn) {
  Pool first(echo, {.workers = 1});
  ASSERT_EQ(first.submit("x", 1), SubmitResult::accepted);
  Pool second = std::move(first);
  Outcomes outcomes;
  EXPECT_TRUE(second.drain(kLimit, outcomes));
  EXPECT_EQ(outcomes.only(1).value, "x");
}

TEST(Pool, ItsDescriptorIsReadableExactlyWhenThereIsSomethingToDo) {
  Pool pool(echo, {.workers = 1});
  const int fd = pool.event_descriptor();
  Outcomes outcomes;
  const auto readable = [&](int timeout_ms) {
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, timeout_ms) == 1;
  };
  // Nothing but the descriptor drives the pool: if it failed to become readable this would hang.
  std::uint64_t next = 0;
  while (outcomes.count() < 2000) {
    while (next < 2000 && pool.open_tasks() < 8) {
      ASSERT_EQ(pool.submit("x", next++), SubmitResult::accepted);
    }
    ASSERT_TRUE(readable(60'000)) << outcomes.count();
    pool.poll(0ns, outcomes);
  }
  while (readable(50)) pool.poll(0ns, outcomes);
  EXPECT_FALSE(readable(0)) << "an idle pool wakes nobody";
}

TEST(Pool, AnIdlePoolMakesNoContextSwitch) {
  Events events;
  Pool pool(echo, {.workers = 2, .spares = 0, .observer = events.observer()});
  Outcomes outcomes;
  run_tasks(pool, outcomes, 100);
  poll_until(pool, outcomes, [&] { return pool.workers_ready() == 2; });
  std::vector<pid_t> all = events.living_workers();
  all.push_back(events.nursery());
  const auto switches = [&] {
    std::uint64_t sum = 0;
    for (const pid_t pid : all) sum += os::read_context_switches(pid).value_or(0);
    return sum;
  };
  // They may still be on their way to sleep; once asleep they stay so.
  std::uint64_t before = switches();
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (true) {
    ::usleep(300'000);
    const std::uint64_t after = switches();
    if (after == before) break;
    before = after;
    ASSERT_LT(std::chrono::steady_clock::now(), until) << "the pool never comes to rest";
  }
}

// Every fork copies the page tables of what the nursery has resident, and every death takes the
// copy down.
TEST(Pool, TheNurseryOfManyWorkersIsAsSmallAsThatOfOne) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "the sanitizer notes for each byte that is given out what may be done with it";
#endif
  const auto private_bytes = [](std::size_t workers) {
    Events events;
    Pool pool(echo, {.workers = workers, .spares = 0, .observer = events.observer()});
    return os::read_private_bytes(events.nursery()).value();
  };
  const std::uint64_t of_one = private_bytes(1);
  constexpr std::uint64_t kRow = 1024;  // what the supervisor knows of a slot, and some more
  EXPECT_LT(private_bytes(200), of_one + std::size_t{2} * 200 * kRow);
}

TEST(Pool, NoShortTaskWaitsBehindALongOneWhileAWorkerIsFree) {
  Pool pool(
      [](std::string_view payload) {
        if (payload == "long") ::sleep(600);
        return std::string();
      },
      {.workers = 2, .spares = 0});
  Outcomes outcomes;
  run_tasks(pool, outcomes, 2000);  // it has learned that tasks are short, and streams them
  ASSERT_EQ(pool.submit("long", 1'000'000), SubmitResult::accepted);
  for (std::uint64_t tag = 0; tag < 50; ++tag) {
    ASSERT_EQ(pool.submit("short", 1'000'001 + tag), SubmitResult::accepted);
  }
  poll_until(pool, outcomes, [&] { return pool.open_tasks() == 1; });
  EXPECT_EQ(outcomes.count(), 2050u);
}

TEST(Pool, RefusesOptionsThatMakeNoSense) {
  EXPECT_THROW(Pool(echo, {.workers = 0}), std::invalid_argument);
}

}  // namespace
}  // namespace revenant::test
