// Functions that do what no worker function should, and what the pool makes of it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/os/unique_fd.h"
#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

using namespace std::chrono_literals;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kUnderSanitizer = true;
#else
constexpr bool kUnderSanitizer = false;
#endif

// Deeper than any stack; what it computes keeps the compiler from seeing through it.
int overflow_the_stack(int depth) {
  volatile char frame[4096];
  frame[0] = static_cast<char>(depth);
  if (frame[0] != static_cast<char>(depth)) return depth;  // never
  return overflow_the_stack(depth + 1) + frame[0];
}

class Misbehaviour : public ::testing::Test {
 protected:
  // Runs 100 tasks, of which number 50 is "bad" at its first attempt, and expects every one of them
  // completed.
  template <typename Bad>
  void survive(Bad bad, std::size_t workers = 2) {
    PoolOptions options;
    options.workers = workers;
    options.observer = events_.observer();
    Pool pool(
        [bad](std::string_view payload) {
          if (payload == "50" && current_task().attempt == 1) bad();
          return std::string(payload);
        },
        options);
    run_tasks(pool, outcomes_, 100);
    EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 100u);
    for (std::uint64_t tag = 0; tag < 100; ++tag) {
      EXPECT_EQ(outcomes_.only(tag).value, std::to_string(tag));
    }
    EXPECT_TRUE(pool.shutdown(kLimit, outcomes_));
  }

  Events events_;
  Outcomes outcomes_;
};

TEST_F(Misbehaviour, ExitZeroInTheMiddleOfATaskIsADeath) {
  survive([] { std::exit(0); });
  EXPECT_EQ(outcomes_.only(50).attempts, 2u);
}

TEST_F(Misbehaviour, ExitRunsNoHandlerOfTheSupervisorsProgram) {
  static int pipe_fds[2];
  ASSERT_EQ(::pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK), 0);
  std::atexit([] { [[maybe_unused]] const auto ignored = ::write(pipe_fds[1], "x", 1); });
  survive([] { std::exit(0); });
  char byte;
  EXPECT_EQ(::read(pipe_fds[0], &byte, 1), -1) << "a worker ran the program's atexit handler";
}

TEST_F(Misbehaviour, AbortAndAbnormalSignalsAreDeaths) {
  survive([] { ::raise(SIGABRT); });
  outcomes_ = {};
  survive([] { ::raise(SIGSEGV); });
}

TEST_F(Misbehaviour, AnOverflowedStackIsADeath) {
  survive([] { overflow_the_stack(0); });
}

TEST_F(Misbehaviour, ClosingEveryDescriptorCostsTheWorkerAndNoTask) {
  survive([] {
    for (int fd = 0; fd < 20'000; ++fd) ::close(fd);
  });
}

TEST_F(Misbehaviour, ClosingEveryDescriptorInEveryTaskLosesNothing) {
  PoolOptions options;
  options.workers = 2;
  Pool pool(
      [](std::string_view payload) {
        for (int fd = 0; fd < 2'000; ++fd) ::close(fd);
        return std::string(payload);
      },
      options);
  run_tasks(pool, outcomes_, 200, 1);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 200u);
}

TEST_F(Misbehaviour, ADescriptorOpenedAfterClosingAllIsNotWrittenInto) {
  char path[] = "/tmp/revenant-misbehaviour-XXXXXX";
  const os::UniqueFd file(::mkstemp(path));
  ASSERT_TRUE(static_cast<bool>(file));
  const std::string name = path;
  survive([name] {
    for (int fd = 0; fd < 20'000; ++fd) ::close(fd);
    for (int i = 0; i < 300; ++i) {
      [[maybe_unused]] const int fd = ::open(name.c_str(), O_WRONLY | O_APPEND);
    }
  });
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_END), 0) << "the bell was rung in the user's file";
  ::unlink(path);
}

TEST_F(Misbehaviour, AnExecInATaskIsADeath) {
  survive([] {
    char* const argv[] = {const_cast<char*>("sleep"), const_cast<char*>("600"), nullptr};
    ::execv("/bin/sleep", argv);
  });
  EXPECT_EQ(outcomes_.only(50).attempts, 2u);
}

TEST_F(Misbehaviour, AChildThatReturnsFromTheFunctionDoesNotBecomeASecondWorker) {
  survive([] { [[maybe_unused]] const pid_t ignored = ::fork(); });
  EXPECT_EQ(outcomes_.only(50).attempts, 1u);
}

TEST_F(Misbehaviour, GrandchildrenThatHoldEveryDescriptorDelayNothing) {
  int fds[2];
  ASSERT_EQ(::pipe2(fds, O_CLOEXEC), 0);
  os::UniqueFd reader(fds[0]);
  os::UniqueFd writer(fds[1]);
  survive([fd = writer.get(), other_end = reader.get()] {
    if (::fork() == 0) {
      // Holds copies of all that the worker has, until the test lets go of the other end: of that
      // it must have no copy itself.
      ::close(other_end);
      pollfd entry{fd, POLLERR, 0};
      ::poll(&entry, 1, 120'000);
      ::_exit(0);
    }
    ::kill(::getpid(), SIGKILL);
  });
  EXPECT_EQ(outcomes_.only(50).attempts, 2u);
}

TEST_F(Misbehaviour, APoolThreadThatEndsAloneIsADeath) {
  survive([] {
    pthread_t thread;
    ::pthread_create(
        &thread, nullptr,
        [](void*) -> void* {
          while (true) ::pause();
        },
        nullptr);
    ::pthread_exit(nullptr);
  });
}

TEST_F(Misbehaviour, RunningOutOfMemoryFailsTheTaskAndNotThePool) {
  if (kUnderSanitizer) GTEST_SKIP() << "the sanitizer ends the process where new would throw";
  Pool pool(
      [](std::string_view payload) {
        if (payload == "5") return std::string(std::size_t{1} << 62, 'x');
        return std::string(payload);
      },
      {.workers = 1});
  run_tasks(pool, outcomes_, 10);
  EXPECT_EQ(outcomes_.only(5).kind, OutcomeKind::failed);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 9u);
}

TEST_F(Misbehaviour, StoppingItselfIsEndedByTheDeadline) {
  PoolOptions options;
  options.workers = 1;
  options.deadline = 50ms;
  Pool pool(
      [](std::string_view payload) {
        if (payload == "5" && current_task().attempt == 1) ::raise(SIGSTOP);
        return std::string(payload);
      },
      options);
  run_tasks(pool, outcomes_, 10);
  EXPECT_EQ(outcomes_.count(OutcomeKind::completed), 10u);
}

TEST_F(Misbehaviour, SignalsOfTheTerminalDoNotEndThePool) {
  PoolOptions options;
  options.workers = 2;
  options.observer = events_.observer();
  Pool pool([](std::string_view payload) { return std::string(payload); }, options);
  run_tasks(pool, outcomes_, 10);
  for (const pid_t pid : events_.living_workers()) ::kill(pid, SIGINT);
  ::kill(events_.nursery(), SIGINT);
  run_tasks(pool, outcomes_, 10);
  EXPECT_EQ(events_.count(EventKind::nursery_died), 0u);
  EXPECT_EQ(events_.count(EventKind::died_final), 0u);
}

}  // namespace
}  // namespace revenant::test
