// Futures: each gets a value or an exception, whatever becomes of the pool.
#include "revenant/futures.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

using namespace std::chrono_literals;

// "echo X", "throw X", "die", "die once", "hang".
std::string obey(std::string_view order) {
  if (order == "die" || (order == "die once" && current_task().attempt == 1)) ::raise(SIGKILL);
  while (order == "hang") ::pause();
  if (order.starts_with("throw ")) throw std::runtime_error(std::string(order.substr(6)));
  return std::string(order.substr(order.find(' ') + 1));
}

bool is_ready(const std::future<std::string>& future) {
  return future.wait_for(0s) == std::future_status::ready;
}

// What the future's task failed with; a test failure if it did not.
std::optional<TaskFailed> failure_of(std::future<std::string>& future) {
  EXPECT_TRUE(is_ready(future));
  if (!is_ready(future)) return std::nullopt;
  try {
    const std::string value = future.get();
    ADD_FAILURE() << "a value: " << value;
  } catch (const TaskFailed& failed) {
    return failed;
  }
  return std::nullopt;
}

TEST(Futures, EachHoldsTheResultOfItsOwnTask) {
  Futures futures{Pool(obey, {.workers = 2})};
  std::vector<std::future<std::string>> all;
  for (int i = 0; i < 1000; ++i) all.push_back(futures.submit("echo " + std::to_string(i)));
  ASSERT_TRUE(futures.drain(kLimit));
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(is_ready(all[static_cast<std::size_t>(i)])) << i;
    EXPECT_EQ(all[static_cast<std::size_t>(i)].get(), std::to_string(i));
  }
}

TEST(Futures, WaitingForOneReturnsWhileOthersAreOpen) {
  Futures futures{Pool(obey, {.workers = 2})};
  const auto hanging = futures.submit("hang");
  auto quick = futures.submit("echo quick");
  ASSERT_TRUE(futures.wait(quick, kLimit));
  EXPECT_EQ(quick.get(), "quick");
  EXPECT_FALSE(is_ready(hanging));
  EXPECT_FALSE(futures.wait(hanging, 10ms));
}

TEST(Futures, WaitingForAFutureThatNothingCanMakeReadyReturns) {
  Futures futures{Pool(obey, {.workers = 1})};
  std::promise<std::string> foreign;
  EXPECT_FALSE(futures.wait(foreign.get_future()));
}

TEST(Futures, AnExceptionInTheWorkerArrivesWithItsText) {
  Futures futures{Pool(obey, {.workers = 1})};
  auto future = futures.submit("throw a fit");
  ASSERT_TRUE(futures.wait(future, kLimit));
  const auto failed = failure_of(future);
  ASSERT_TRUE(failed);
  EXPECT_STREQ(failed->what(), "a fit");
  EXPECT_EQ(failed->kind(), OutcomeKind::failed);
  EXPECT_EQ(failed->reason(), Reason::threw);
}

TEST(Futures, AKilledWorkerCostsTheFutureNothingWhileAttemptsAreLeft) {
  Futures futures{Pool(obey, {.workers = 1, .attempts_max = 2})};
  auto survivor = futures.submit("die once");
  auto victim = futures.submit("die");
  ASSERT_TRUE(futures.drain(kLimit));
  EXPECT_EQ(survivor.get(), "once");
  const auto failed = failure_of(victim);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->kind(), OutcomeKind::gave_up);
  EXPECT_EQ(failed->reason(), Reason::worker_died);
  EXPECT_EQ(failed->attempts(), 2u);
}

TEST(Futures, ATaskThatIsNotTakenIsRefusedInItsFuture) {
  Futures futures{Pool(obey, {.workers = 1, .queue_max = 1, .payload_bytes_max = 100})};
  auto too_large = futures.submit(std::string(101, 'x'));
  const auto hanging = futures.submit("hang");
  auto too_many = futures.submit("echo x");
  for (auto* future : {&too_large, &too_many}) {
    ASSERT_TRUE(is_ready(*future));
    const SubmitResult expected =
        future == &too_large ? SubmitResult::too_large : SubmitResult::full;
    try {
      future->get();
      ADD_FAILURE() << "a value";
    } catch (const TaskRefused& refused) {
      EXPECT_EQ(refused.result(), expected);
    }
  }
}

TEST(Futures, ShutdownCancelsWhatItCannotFinish) {
  Futures futures{Pool(obey, {.workers = 1})};
  auto hanging = futures.submit("hang");
  EXPECT_FALSE(futures.shutdown(10ms));
  const auto failed = failure_of(hanging);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->kind(), OutcomeKind::cancelled);
  EXPECT_EQ(failed->reason(), Reason::shut_down);
}

TEST(Futures, APoolThatStopsItselfCancelsEveryFuture) {
  PoolOptions options{.workers = 1, .spares = 0, .attempts_max = 1000, .restarts_max = 3};
  Futures futures{Pool(obey, options)};
  auto deadly = futures.submit("die");
  auto behind = futures.submit("echo behind");
  EXPECT_TRUE(futures.drain(kLimit));
  EXPECT_TRUE(futures.pool().stopped());
  EXPECT_TRUE(is_ready(behind));  // done before, or cancelled
  const auto failed = failure_of(deadly);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->reason(), Reason::pool_stopped);
}

TEST(Futures, DestructionCancelsWhatIsOpenAlsoForAThreadThatWaits) {
  std::future<std::string> future;
  std::thread waiting;
  std::optional<OutcomeKind> seen;
  {
    Futures futures{Pool(obey, {.workers = 1})};
    future = futures.submit("hang");
    waiting = std::thread([&] {
      try {
        future.get();
      } catch (const TaskFailed& failed) {
        seen = failed.kind();
      }
    });
  }
  waiting.join();
  EXPECT_EQ(seen, OutcomeKind::cancelled);
}

TEST(Futures, AssignmentCancelsWhatTheOldOneHadOpenAndTakesOverTheNew) {
  Futures first{Pool(obey, {.workers = 1})};
  Futures second{Pool(obey, {.workers = 1})};
  auto old = first.submit("hang");
  auto kept = second.submit("echo kept");
  first = std::move(second);
  const auto failed = failure_of(old);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->kind(), OutcomeKind::cancelled);
  ASSERT_TRUE(first.wait(kept, kLimit));
  EXPECT_EQ(kept.get(), "kept");
}

}  // namespace
}  // namespace revenant::test
