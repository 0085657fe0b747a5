// What the kernel refuses, and when. Each refusal is made to happen, and later lifted.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>

#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/test/outcomes.h"

namespace revenant::test {
namespace {

using namespace std::chrono_literals;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kUnderSanitizer = true;
#else
constexpr bool kUnderSanitizer = false;
#endif

// Limits cannot be given back, and some do not hold for root: each test runs in a child of its own,
// as nobody where it must. The child's expectations are printed by it; its exit code says whether
// they held.
void in_child(bool as_nobody, const std::function<void()>& body) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (as_nobody && ::getuid() == 0) {
      if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(99);
    }
    body();
    std::fflush(nullptr);
    ::_exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "wait status " << status;
}

void limit(int resource, rlim_t soft, pid_t pid = 0) {
  rlimit now{};
  ASSERT_EQ(::prlimit(pid, static_cast<__rlimit_resource>(resource), nullptr, &now), 0);
  now.rlim_cur = std::min(soft, now.rlim_max);
  ASSERT_EQ(::prlimit(pid, static_cast<__rlimit_resource>(resource), &now, nullptr), 0);
}

std::string echo(std::string_view payload) { return std::string(payload); }

PoolOptions patient() {
  PoolOptions options;
  options.workers = 2;
  options.spares = 0;
  options.backoff_first = 1ms;
  options.backoff_max = 20ms;
  options.start_failures_max = 100'000;
  return options;
}

TEST(Environment, ConstructionSaysSoWhenForkIsRefusedAndLeavesNothing) {
  in_child(true, [] {
    limit(RLIMIT_NPROC, 0);
    const auto descriptors = os::count_descriptors(::getpid());
    try {
      const Pool pool(echo, patient());
      ADD_FAILURE() << "no exception";
    } catch (const std::system_error& error) {
      EXPECT_EQ(error.code().value(), EAGAIN) << error.what();
      EXPECT_NE(std::string(error.what()).find("nursery"), std::string::npos) << error.what();
    }
    EXPECT_EQ(os::count_descriptors(::getpid()), descriptors);
  });
}

TEST(Environment, WorkersAreStartedOnceForkIsAllowedAgain) {
  in_child(true, [] {
    Events events;
    PoolOptions options = patient();
    options.observer = events.observer();
    Pool pool(echo, options);
    Outcomes outcomes;
    run_tasks(pool, outcomes, 100);
    // The nursery may fork no more; the workers die.
    limit(RLIMIT_NPROC, 0, events.nursery());
    for (const pid_t pid : events.living_workers()) ::kill(pid, SIGKILL);
    ASSERT_EQ(pool.submit("waits", 1000), SubmitResult::accepted);
    poll_until(pool, outcomes, [&] { return events.count(EventKind::spawn_failed) >= 3; });
    bool refused = false;
    for (const Event& event : events.all()) {
      refused |= event.kind == EventKind::spawn_failed && event.error == EAGAIN;
    }
    EXPECT_TRUE(refused);
    limit(RLIMIT_NPROC, RLIM_INFINITY, events.nursery());
    EXPECT_TRUE(pool.drain(kLimit, outcomes));
    EXPECT_EQ(outcomes.only(1000).kind, OutcomeKind::completed);
  });
}

TEST(Environment, ANurseryIsStartedOnceForkIsAllowedAgain) {
  in_child(true, [] {
    Events events;
    PoolOptions options = patient();
    options.observer = events.observer();
    Pool pool(echo, options);
    Outcomes outcomes;
    run_tasks(pool, outcomes, 100);
    limit(RLIMIT_NPROC, 0);
    ::kill(events.nursery(), SIGKILL);
    ASSERT_EQ(pool.submit("waits", 1000), SubmitResult::accepted);
    poll_until(pool, outcomes, [&] { return events.count(EventKind::nursery_failed) >= 3; });
    limit(RLIMIT_NPROC, RLIM_INFINITY);
    EXPECT_TRUE(pool.drain(kLimit, outcomes));
    EXPECT_EQ(outcomes.only(1000).kind, OutcomeKind::completed);
  });
}

TEST(Environment, ConstructionSaysSoWhenThereIsNoDescriptorAndLeavesNoProcess) {
  if (kUnderSanitizer)
    GTEST_SKIP() << "the sanitizer asks what is mapped through a pipe of its own";
  in_child(false, [] {
    const auto used = static_cast<rlim_t>(os::count_descriptors(::getpid()).value_or(0));
    for (rlim_t spare = 0; spare < 9; ++spare) {
      limit(RLIMIT_NOFILE, used + spare - 1);  // one of those counted was the look at /proc
      try {
        const Pool pool(echo, patient());
      } catch (const std::system_error& error) {
        EXPECT_EQ(error.code().value(), EMFILE) << error.what();
      }
      limit(RLIMIT_NOFILE, 4096);
      EXPECT_TRUE(os::read_children(::getpid()).empty()) << spare;
    }
  });
}

TEST(Environment, AWorkerForWhichNoDescriptorIsLeftIsStartedLater) {
  in_child(false, [] {
    Events events;
    PoolOptions options = patient();
    options.observer = events.observer();
    Pool pool(echo, options);
    Outcomes outcomes;
    run_tasks(pool, outcomes, 100);
    poll_until(pool, outcomes, [&] { return events.living_workers().size() == 2; });
    const std::vector<pid_t> before = events.living_workers();
    // Fill every gap below the highest descriptor, then allow no more.
    int highest = 0;
    for (int fd = ::dup(0); fd >= 0 && fd < 200; fd = ::dup(0)) highest = fd;
    limit(RLIMIT_NOFILE, static_cast<rlim_t>(highest + 1));
    // The dead workers' own pidfds are given back at their final notice; take those too.
    for (const pid_t pid : before) ::kill(pid, SIGKILL);
    ASSERT_EQ(pool.submit("waits", 1000), SubmitResult::accepted);
    const auto until = std::chrono::steady_clock::now() + kLimit;
    while (events.count(EventKind::spawn_failed) < 2) {
      pool.poll(1ms, outcomes);
      while (::dup(0) >= 0) {
      }
      if (outcomes.count() > 100) break;  // a worker got the last descriptor before we did
      ASSERT_LT(std::chrono::steady_clock::now(), until);
    }
    for (const Event& event : events.all()) {
      if (event.kind == EventKind::spawn_failed) {
        EXPECT_EQ(event.error, EMFILE);
      }
    }
    limit(RLIMIT_NOFILE, 4096);
    EXPECT_TRUE(pool.drain(kLimit, outcomes));
    EXPECT_EQ(outcomes.only(1000).kind, OutcomeKind::completed);
  });
}

TEST(Environment, ConstructionSaysSoWhenThereIsNoMemoryForTheMailboxes) {
  if (kUnderSanitizer) GTEST_SKIP() << "a sanitizer's own mappings are over any useful limit";
  in_child(false, [] {
    limit(RLIMIT_AS, rlim_t{200} << 20);
    PoolOptions options = patient();
    options.ring_bytes = std::size_t{256} << 20;
    try {
      const Pool pool(echo, options);
      ADD_FAILURE() << "no exception";
    } catch (const std::system_error& error) {
      EXPECT_EQ(error.code().value(), ENOMEM) << error.what();
      EXPECT_NE(std::string(error.what()).find("bytes"), std::string::npos) << error.what();
    }
    EXPECT_TRUE(os::read_children(::getpid()).empty());
  });
}

TEST(Environment, SubmitSaysSoWhenThereIsNoMemoryForACopy) {
  if (kUnderSanitizer) GTEST_SKIP() << "a sanitizer ends the process where new would throw";
  in_child(false, [] {
    PoolOptions options = patient();
    options.payload_bytes_max = std::size_t{256} << 20;
    Pool pool(echo, options);
    const std::string payload(std::size_t{150} << 20, 'x');
    const auto mapped = os::read_small_file("/proc/self/statm");
    ASSERT_TRUE(mapped.has_value());
    const rlim_t pages = std::stoull(*mapped);
    limit(RLIMIT_AS, pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + (rlim_t{20} << 20));
    EXPECT_EQ(pool.submit(payload, 1), SubmitResult::no_memory);
    EXPECT_EQ(pool.submit("small", 2), SubmitResult::accepted);
    Outcomes outcomes;
    EXPECT_TRUE(pool.drain(kLimit, outcomes));
    EXPECT_EQ(outcomes.only(2).kind, OutcomeKind::completed);
  });
}

TEST(Environment, AStoppedNurseryIsReplaced) {
  Events events;
  PoolOptions options = patient();
  options.start_timeout = 100ms;
  options.observer = events.observer();
  Pool pool(echo, options);
  Outcomes outcomes;
  run_tasks(pool, outcomes, 100);
  ::kill(events.nursery(), SIGSTOP);
  for (const pid_t pid : events.living_workers()) ::kill(pid, SIGKILL);
  run_tasks(pool, outcomes, 100);
  EXPECT_EQ(outcomes.count(OutcomeKind::completed), 200u);
}

// However long after its beginning: nothing of the supervisor's tree is alive when it is gone.
// One line of /proc/self/status, such as a mask of signals in hexadecimal.
std::string own_status(std::string_view label) {
  const std::string text = os::read_small_file("/proc/self/status").value_or("");
  const std::size_t begin = text.find('\n' + std::string(label)) + 1 + label.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

// Whatever the program does with signals, and the nursery, that has them blocked.
TEST(Environment, AWorkerHasSignalsAsAFreshProgramHasThem) {
  in_child(false, [] {
    ::signal(SIGCHLD, SIG_IGN);
    ::signal(SIGUSR1, [](int) {});
    ::signal(SIGTERM, SIG_IGN);
    sigset_t hang_up;
    ::sigemptyset(&hang_up);
    ::sigaddset(&hang_up, SIGHUP);
    ::sigprocmask(SIG_BLOCK, &hang_up, nullptr);

    Pool pool([](std::string_view label) { return own_status(label); }, patient());
    constexpr std::array kLabels{"SigBlk:\t", "SigIgn:\t", "SigCgt:\t"};
    Outcomes outcomes;
    run_tasks(pool, outcomes, kLabels.size(), 1, [&](std::uint64_t tag) { return kLabels[tag]; });
    EXPECT_EQ(outcomes.only(0).value, "0000000000000000");
    const auto bit = [](int signal) { return std::uint64_t{1} << (signal - 1); };
    EXPECT_EQ(std::stoull(outcomes.only(1).value, nullptr, 16), bit(SIGINT) | bit(SIGPIPE));
    // A sanitizer has handlers of its own.
    if (!kUnderSanitizer) {
      EXPECT_EQ(outcomes.only(2).value, "0000000000000000");
    }
  });
}

TEST(Environment, ASupervisorKilledAtAnyMomentTakesItsTreeAlong) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  for (int delay_us = 0; delay_us < 20'000; delay_us += 400) {
    const pid_t supervisor = ::fork();
    if (supervisor == 0) {
      Pool pool(echo, {.workers = 3});
      Outcomes outcomes;
      while (true) {
        static_cast<void>(pool.submit("x"));
        pool.poll(100ms, outcomes);
      }
    }
    // Not a wait for anything: the moment of the kill is what varies.
    ::usleep(static_cast<useconds_t>(delay_us));
    ::kill(supervisor, SIGKILL);
    int status = 0;
    const auto until = std::chrono::steady_clock::now() + kLimit;
    while (::waitpid(-1, &status, WNOHANG) >= 0) {
      ASSERT_LT(std::chrono::steady_clock::now(), until) << "alive after a kill at " << delay_us;
      ::usleep(200);
    }
  }
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

}  // namespace
}  // namespace revenant::test
