#include "chaos/src/process_tree.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "chaos/src/own_process.h"

namespace revenant::chaos {
namespace {

constexpr int kPatienceMs = 60'000;

// A child that has made `grandchildren` by the time that this returns, and waits.
pid_t start_family(int grandchildren) {
  int ready[2];
  EXPECT_EQ(::pipe(ready), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    ::setsid();
    for (int i = 0; i < grandchildren; ++i) {
      if (::fork() == 0) {
        ::pause();
        ::_exit(0);
      }
    }
    [[maybe_unused]] const auto told = ::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  EXPECT_EQ(::read(ready[0], &byte, 1), 1);
  ::close(ready[0]);
  ::close(ready[1]);
  return parent;
}

void kill_and_wait(const os::Process& process) {
  process.send_signal(SIGKILL);
  EXPECT_TRUE(process.wait_ended(kPatienceMs));
  ::waitpid(process.pid(), nullptr, 0);
}

std::set<pid_t> pids_of(ProcessTree& tree) {
  std::set<pid_t> pids;
  for (const auto& [token, member] : tree.members()) {
    if (!member.ended) pids.insert(member.process.pid());
  }
  return pids;
}

TEST(ProcessTree, AllBelowTheMainProcessAreMembersAndNobodyElse) {
  const ChildSubreaper subreaper;
  const os::Process main = *os::Process::open(start_family(3));
  const os::Process stranger = *os::Process::open(start_family(2));
  os::Epoll epoll;
  ProcessTree tree(main, "a test", epoll, 1);
  tree.look(0);
  EXPECT_EQ(pids_of(tree).size(), 3U);
  EXPECT_FALSE(pids_of(tree).contains(stranger.pid()));
  kill_and_wait(main);
  tree.look(0);
  EXPECT_EQ(pids_of(tree).size(), 3U) << "orphans are still the target's";
  for (auto& [token, member] : tree.members()) {
    EXPECT_TRUE(member.is_orphan);
    kill_and_wait(member.process);
  }
  kill_and_wait(stranger);
  while (::waitpid(-1, nullptr, WNOHANG) > 0 || ::kill(-stranger.pid(), SIGKILL) == 0) {
  }
}

// As a target does that has begun before anybody looked.
TEST(ProcessTree, AnOrphanThatCameBeforeTheTreeIsOne) {
  const ChildSubreaper subreaper;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::setsid();
    const pid_t between = ::fork();
    if (between == 0) {
      if (::fork() == 0) ::pause();
      ::_exit(0);
    }
    ::waitpid(between, nullptr, 0);
    [[maybe_unused]] const auto told = ::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::close(ready[0]);
  ::close(ready[1]);
  const os::Process main = *os::Process::open(pid);
  os::Epoll epoll;
  ProcessTree tree(main, "a test", epoll, 1);
  tree.look(0);
  EXPECT_EQ(tree.members().size(), 1U);
  ::kill(-pid, SIGKILL);
  while (::waitpid(-1, nullptr, 0) > 0) {
  }
}

// The pid of a process that has ended is somebody else's now: here this test's own, and it has
// children. They are none of the target's.
TEST(ProcessTree, TheChildrenOfOneWhoBearsTheMainProcessesOldPidAreStrangers) {
  const pid_t ended = start_family(0);
  os::UniqueFd pidfd = os::open_pidfd(ended);
  kill_and_wait(*os::Process::open(ended));
  const os::Process main = os::Process::adopt(::getpid(), std::move(pidfd));
  const os::Process stranger = *os::Process::open(start_family(1));
  os::Epoll epoll;
  ProcessTree tree(main, "a test", epoll, 1);
  tree.look(0);
  EXPECT_TRUE(pids_of(tree).empty());
  ::kill(-stranger.pid(), SIGKILL);
  ::waitpid(stranger.pid(), nullptr, 0);
}

TEST(ProcessTree, ACorpseThatNobodyReapedIsNotSomebodyNew) {
  const os::Process main = *os::Process::open(start_family(1));
  os::Epoll epoll;
  ProcessTree tree(main, "a test", epoll, 1);
  tree.look(0);
  ASSERT_EQ(tree.members().size(), 1U);
  Member& member = tree.members().begin()->second;
  member.process.send_signal(SIGKILL);
  ASSERT_TRUE(member.process.wait_ended(kPatienceMs));
  tree.mark_ended(member, 1);
  tree.look(2);
  EXPECT_EQ(tree.members().size(), 1U) << "its parent never waits, so the pid is still its own";
  kill_and_wait(main);
}

}  // namespace
}  // namespace revenant::chaos
