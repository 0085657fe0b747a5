#include "chaos/src/interrupt_signals.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace revenant::chaos {
namespace {

TEST(InterruptSignals, TheEndOfATimeComesAsASignalDoes) {
  const InterruptSignals signals(std::chrono::milliseconds(1));
  pollfd entry{signals.fd(), POLLIN, 0};
  constexpr int kPatienceMs = 30'000;
  ASSERT_EQ(::poll(&entry, 1, kPatienceMs), 1);
  signalfd_siginfo came{};
  ASSERT_EQ(::read(signals.fd(), &came, sizeof came), static_cast<ssize_t>(sizeof came));
  EXPECT_EQ(came.ssi_signo, static_cast<unsigned>(SIGALRM));
}

}  // namespace
}  // namespace revenant::chaos
