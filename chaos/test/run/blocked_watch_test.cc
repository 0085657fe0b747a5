#include "chaos/src/blocked_watch.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

// A child that does this for ever.
template <typename Do>
Member child_that(Do what) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    while (true) what();
  }
  Member member;
  member.process = *os::Process::open(pid);
  member.token = static_cast<std::uint64_t>(pid);
  return member;
}

void await_state(const Member& member, char state) {
  while (os::read_proc_stat(member.process.pid())->state != state) ::usleep(1000);
}

TEST(BlockedWatch, OfIdleWorkersTheOneThatStoodStillFirstIsTheLongest) {
  Member second = child_that([] { ::pause(); });
  Member first = child_that([] { ::pause(); });
  Member restless = child_that([] { ::usleep(500); });
  Member busy = child_that([] {});
  BlockedWatch watch;
  await_state(first, 'S');
  watch.look({&first, &restless, &busy}, 10);
  await_state(second, 'S');
  watch.look({&second, &first, &restless, &busy}, 20);
  // The restless one has certainly slept and woken again by the third look.
  const auto switches = os::read_context_switches(restless.process.pid());
  while (os::read_context_switches(restless.process.pid()) == switches) ::usleep(1000);
  EXPECT_EQ(watch.longest({&second, &first, &restless, &busy}), &first);
  EXPECT_EQ(watch.blocked_since(first), 10);
  EXPECT_EQ(watch.blocked_since(second), 20);
  EXPECT_FALSE(watch.blocked_since(restless));
  EXPECT_FALSE(watch.blocked_since(busy));
  for (const Member* const member : {&second, &first, &restless, &busy}) {
    member->process.send_signal(SIGKILL);
    ::waitpid(member->process.pid(), nullptr, 0);
  }
}

}  // namespace
}  // namespace revenant::chaos
