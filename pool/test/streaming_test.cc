// Results that nobody rings for.
#include "pool/src/streaming.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "pool/os/clock.h"
#include "pool/os/membarrier.h"
#include "pool/os/proc.h"
#include "pool/src/supervisor.h"
#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

class StreamingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!os::can_fence_processes()) GTEST_SKIP() << "this kernel has no membarrier for processes";
    ASSERT_EQ(::pipe(gate_), 0);
  }
  void TearDown() override {
    for (const int fd : gate_) ::close(fd);
  }

  WorkerFunction endless_if_told() {
    return [gate = gate_[0]](std::string_view payload) {
      char byte = 0;
      if (payload == "endless" && ::read(gate, &byte, 1) != 1) ::_exit(1);
      return std::string(payload);
    };
  }
  void open_the_gate() { ASSERT_EQ(::write(gate_[1], "x", 1), 1); }

  // Short tasks, 64 at a time, until the supervisor says that results stream; those still open are
  // left open.
  static void stream(Supervisor& supervisor) {
    std::size_t delivered = 0;
    const auto handler = [&](const Outcome&) {
      ++delivered;
      if (!supervisor.core().streaming.on()) {
        ASSERT_EQ(supervisor.submit("short", 0), SubmitResult::accepted);
      }
    };
    for (int i = 0; i < 64; ++i) {
      ASSERT_EQ(supervisor.submit("short", 0), SubmitResult::accepted);
    }
    const os::TimePoint until = os::now() + kLimit;
    while (!supervisor.core().streaming.on() && os::now() < until) supervisor.poll(kLimit, handler);
    ASSERT_TRUE(supervisor.core().streaming.on()) << "after " << delivered << " outcomes";
  }

  int gate_[2] = {-1, -1};
  Outcomes outcomes_;
};

TEST_F(StreamingTest, ItBeginsOnlyAfterManyOutcomesWithoutASleepBetween) {
  std::atomic<std::uint32_t> word = 0;
  Streaming streaming(word);
  streaming.delivered(511);
  EXPECT_FALSE(streaming.on());
  streaming.end();  // before a sleep
  streaming.delivered(511);
  EXPECT_FALSE(streaming.on());
  streaming.delivered(1);
  EXPECT_TRUE(streaming.on());
  EXPECT_EQ(word, 1u);
  streaming.end();
  EXPECT_FALSE(streaming.on());
  EXPECT_EQ(word, 0u);
}

TEST_F(StreamingTest, NapsAreSaidToWorkersUntilItEnds) {
  std::atomic<std::uint32_t> word = 0;
  Streaming streaming(word);
  EXPECT_TRUE(streaming.begin_naps());
  EXPECT_TRUE(streaming.on());
  EXPECT_EQ(word, Streaming::kNaps);
  streaming.end();
  EXPECT_EQ(word, Streaming::kOff);
}

// Its worker is quicker than the handler, so there is always another result.
TEST_F(StreamingTest, APollEndsThoughItsHandlerSubmitsForEver) {
  constexpr std::size_t kEnough = 50'000;
  constexpr std::size_t kOfOneWorker = 1024;
  const auto echo = [](std::string_view payload) { return std::string(payload); };
  Supervisor supervisor(echo, {.workers = 1, .spares = 0});
  std::size_t in_this_call = 0;
  const auto handler = [&](const Outcome&) {
    if (++in_this_call >= kEnough) return;
    const os::TimePoint until = os::now() + std::chrono::microseconds(2);
    while (os::now() < until) {
    }
    ASSERT_EQ(supervisor.submit("x", 0), SubmitResult::accepted);
  };
  for (int i = 0; i < 512; ++i) ASSERT_EQ(supervisor.submit("x", 0), SubmitResult::accepted);
  std::size_t most = 0;
  for (std::size_t total = 0; total < kEnough; total += in_this_call) {
    in_this_call = 0;
    ASSERT_NE(supervisor.poll(kLimit, handler), 0u);
    most = std::max(most, in_this_call);
  }
  EXPECT_LE(most, kOfOneWorker);
}

// In the middle of a queue of tasks that each take some time it naps, and each death in it costs no
// task and no second outcome.
TEST_F(StreamingTest, ItNapsWhileTasksWaitAndRecoversFromDeathsThen) {
  constexpr std::uint64_t kTasks = 4000;
  const auto spins = [](std::string_view payload, std::string& value) {
    const os::TimePoint until = os::now() + std::chrono::microseconds(50);
    while (os::now() < until) {
    }
    value.assign(payload);
  };
  Supervisor supervisor(spins, {.workers = 2, .attempts_max = 100});
  for (std::uint64_t tag = 0; tag < kTasks; ++tag) {
    ASSERT_EQ(supervisor.submit(std::to_string(tag), tag), SubmitResult::accepted);
  }
  std::size_t naps = 0;
  const auto handler = [&](const Outcome& outcome) {
    outcomes_(outcome);
    naps += supervisor.core().header.streaming.load() == Streaming::kNaps ? 1 : 0;
    if (outcome.tag % 1000 == 500) ::kill(outcome.worker, SIGKILL);
  };
  EXPECT_TRUE(supervisor.drain(kLimit, handler));
  EXPECT_GT(naps, 0u) << "or nothing was shown";
  for (std::uint64_t tag = 0; tag < kTasks; ++tag) {
    ASSERT_EQ(outcomes_.only(tag).value, std::to_string(tag));
  }
}

// Who sleeps in a nap is woken by a worker that has nothing left to do, and by nothing before.
TEST_F(StreamingTest, InANapAWorkerRingsWhenItRunsOutOfTasksAndNotBefore) {
  Supervisor supervisor(endless_if_told(), {.workers = 1, .spares = 0});
  const os::TimePoint until = os::now() + kLimit;
  const auto wait_for = [&](const auto& happened) {
    while (!happened() && os::now() < until) std::this_thread::yield();
    return happened();
  };
  // Tasks that are known to be short are given out two at a time.
  for (std::uint64_t tag = 100; tag < 200; ++tag) {
    ASSERT_EQ(supervisor.submit("short", tag), SubmitResult::accepted);
  }
  ASSERT_TRUE(supervisor.drain(kLimit, outcomes_));
  const pid_t pid = outcomes_.only(199).worker;
  ASSERT_TRUE(wait_for([&] { return os::read_proc_stat(pid)->state == 'S'; }));
  supervisor.poll(std::chrono::nanoseconds(0), outcomes_);

  const Core& core = supervisor.core();
  const auto rings = [&] { return core.header.bell.any(core.roster.size()); };
  ASSERT_FALSE(rings());
  core.header.streaming.store(Streaming::kNaps);
  ASSERT_EQ(supervisor.submit("endless", 1), SubmitResult::accepted);
  ASSERT_EQ(supervisor.submit("endless", 2), SubmitResult::accepted);
  // Nobody polls: from here on the worker does everything by itself.
  open_the_gate();
  const StartedWords& started = core.region.mailbox(0).control().started;
  ASSERT_TRUE(wait_for([&] { return started.begun() == 102; }));
  EXPECT_FALSE(rings()) << "it has a task to go on with";
  open_the_gate();
  EXPECT_TRUE(wait_for(rings)) << "the supervisor sleeps on";
  EXPECT_TRUE(supervisor.drain(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.only(2).value, "endless");
}

TEST_F(StreamingTest, AResultIsDeliveredWhileTheTaskBehindItRunsForEver) {
  Supervisor supervisor(endless_if_told(), {.workers = 1, .spares = 0});
  stream(supervisor);
  ASSERT_EQ(supervisor.submit("short", 1), SubmitResult::accepted);
  ASSERT_EQ(supervisor.submit("endless", 2), SubmitResult::accepted);
  const os::TimePoint until = os::now() + kLimit;
  while (supervisor.core().ledger.open_tasks() > 1 && os::now() < until) {
    supervisor.poll(kLimit, outcomes_);
  }
  EXPECT_EQ(outcomes_.only(1).value, "short");
  open_the_gate();
  EXPECT_TRUE(supervisor.shutdown(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.only(2).value, "endless");
}

TEST_F(StreamingTest, TasksBehindAnEndlessOneAreTakenBack) {
  Supervisor supervisor(endless_if_told(), {.workers = 2, .spares = 0});
  stream(supervisor);
  ASSERT_EQ(supervisor.submit("endless", 1), SubmitResult::accepted);
  for (std::uint64_t tag = 2; tag < 50; ++tag) {
    ASSERT_EQ(supervisor.submit("short", tag), SubmitResult::accepted);
  }
  const os::TimePoint until = os::now() + kLimit;
  while (supervisor.core().ledger.open_tasks() > 1 && os::now() < until) {
    supervisor.poll(kLimit, outcomes_);
  }
  for (std::uint64_t tag = 2; tag < 50; ++tag) EXPECT_EQ(outcomes_.only(tag).value, "short");
  open_the_gate();
  EXPECT_TRUE(supervisor.shutdown(kLimit, outcomes_));
  EXPECT_EQ(outcomes_.only(1).value, "endless");
}

}  // namespace
}  // namespace revenant::test
