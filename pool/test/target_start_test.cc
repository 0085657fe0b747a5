// `revenant pool` is killed at any moment of its start, and nothing of its tree stays.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include "pool/os/clock.h"
#include "pool/os/proc.h"
#include "pool/test/target_process.h"

namespace revenant::target {
namespace {

constexpr std::chrono::seconds kLimit{60};

// Children of this process, among them, as it is a subreaper, what the target has left behind.
// Reaps them as they end; how long that took, or nothing if some live on beyond the limit.
std::optional<os::Nanoseconds> wait_until_all_have_ended() {
  const auto begin = os::now();
  while (os::now() - begin < kLimit) {
    const pid_t ended = ::waitpid(-1, nullptr, WNOHANG);
    if (ended < 0 && errno == ECHILD) return os::now() - begin;
    if (ended == 0) ::usleep(500);
  }
  return std::nullopt;
}

// How long its start takes on this machine, and in this build: a sanitizer makes it longer.
os::Nanoseconds time_of_a_start() {
  const auto begin = os::now();
  TargetProcess target({"--workers", "4"});
  static_cast<void>(target.read_workers(4));
  return os::now() - begin;
}

TEST(TargetStart, LeavesNothingBehindWheneverItIsKilled) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  const auto start = time_of_a_start();
  ASSERT_TRUE(wait_until_all_have_ended());
  const int tries = start < std::chrono::milliseconds(50) ? 200 : 40;  // a sanitizer's are slow
  std::mt19937 random(20'261'124);
  // From before the first fork to after the last worker is ready.
  std::uniform_int_distribution<os::Nanoseconds::rep> delay(0, 2 * start.count());
  int with_children = 0;
  os::Nanoseconds longest{0};
  for (int i = 0; i < tries; ++i) {
    TargetProcess target({"--workers", "4"});
    std::this_thread::sleep_for(os::Nanoseconds(delay(random)));
    with_children += os::read_children(target.process().pid()).empty() ? 0 : 1;
    target.process().send_signal(SIGKILL);
    const auto took = wait_until_all_have_ended();
    ASSERT_TRUE(took) << "try " << i << ": a process of the target has outlived it";
    longest = std::max(longest, *took);
  }
  // Else the kills came too early to prove anything.
  EXPECT_GT(with_children, tries / 10);
  RecordProperty("longest_ms", std::to_string(longest.count() / 1'000'000));
}

}  // namespace
}  // namespace revenant::target
