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

TEST(TargetStart, LeavesNothingBehindWheneverItIsKilled) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  constexpr int kTries = 200;
  std::mt19937 random(20'261'124);
  // From before the first fork to after the last worker is ready.
  std::uniform_int_distribution<int> delay_us(0, 30'000);
  int with_children = 0;
  os::Nanoseconds longest{0};
  for (int i = 0; i < kTries; ++i) {
    TargetProcess target({"--workers", "4"});
    std::this_thread::sleep_for(std::chrono::microseconds(delay_us(random)));
    with_children += os::read_children(target.process().pid()).empty() ? 0 : 1;
    target.process().send_signal(SIGKILL);
    const auto took = wait_until_all_have_ended();
    ASSERT_TRUE(took) << "try " << i << ": a process of the target has outlived it";
    longest = std::max(longest, *took);
  }
  // Else the kills came too early to prove anything.
  EXPECT_GT(with_children, kTries / 10);
  RecordProperty("longest_ms", std::to_string(longest.count() / 1'000'000));
}

}  // namespace
}  // namespace revenant::target
