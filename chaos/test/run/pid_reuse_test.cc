// Pids come round again: whoever has the pid of a dead worker is a stranger.
#include <gtest/gtest.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>

#include "chaos/test/run/events_of.h"
#include "chaos/test/run/scratch_folder.h"

namespace revenant::chaos {
namespace {

// A PID namespace has a limit of its own since Linux 6.14; before that it is the machine's, which
// is not a test's to change.
bool namespaces_have_limits() {
  utsname name{};
  ::uname(&name);
  int major = 0;
  int minor = 0;
  return std::sscanf(name.release, "%d.%d", &major, &minor) == 2 &&
         std::pair(major, minor) >= std::pair(6, 14);
}

std::string unshare(const std::string& script) {
  const std::string user = ::geteuid() == 0 ? "" : "--user --map-root-user ";
  return "unshare " + user + "--pid --fork --mount-proc --kill-child sh -c '" + script +
         "' 2>/dev/null";
}

std::multiset<pid_t> pids_in(const std::string& path) {
  std::istringstream lines(read_whole(path));
  std::multiset<pid_t> pids;
  for (pid_t pid = 0; lines >> pid;) pids.insert(pid);
  return pids;
}

struct Reuse {
  bool possible = false;      // whether a PID namespace could be made
  std::ptrdiff_t shared = 0;  // victims whose pid a stranger had too
};

// With 400 pids, of which the kernel gives the first 300 but once, a hundred go round, and
// strangers are born all the time into those of the dead. As many workers die as it takes.
Reuse run_among_strangers(int seed) {
  const ScratchFolder folder;
  const std::string strangers = "(while [ ! -e " + folder.file("stop") +
                                " ]; do sleep 0.01 & echo $! >> " + folder.file("pids") +
                                "; wait $! || echo $! >> " + folder.file("hit") + "; done)";
  const std::string chaos =
      std::string(CHAOS_MAIN) + " chaos --quiet --out " + folder.path() +
      " --tasks 600 --op sleep --outstanding 16 --schedule poisson:150 --faults-min 120"
      " --claim reports --recover-within 30000 --stall-after 30000 --seed " +
      std::to_string(seed) + " -- " + SMALL_POOL + " --workers 4 > " + folder.file("out") + " 2>&1";
  const int status = std::system(unshare("cd /proc/sys/kernel && echo 400 > pid_max || exit 77; "
                                         "echo 390 > ns_last_pid; cd /; " +
                                         strangers + " & " + chaos + "; code=$?; touch " +
                                         folder.file("stop") + "; exit $code")
                                     .c_str());
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 77 || read_whole(folder.file("out")).empty()) {
    return {};
  }
  EXPECT_EQ(WEXITSTATUS(status), 0) << read_whole(folder.file("out"));
  EXPECT_EQ(read_whole(folder.file("hit")), "") << "strangers were hit";
  RunResult result;
  result.run_folder = folder.file("latest");
  const auto pids = pids_in(folder.file("pids"));
  const auto faults = events_of<FaultDone>(result);
  return {.possible = true,
          .shared = std::count_if(faults.begin(), faults.end(), [&](const FaultDone& fault) {
            return pids.contains(fault.victim);
          })};
}

// Whether a stranger is born into the pid of a victim depends on how quick the machine is just
// then.
TEST(APidThatComesRoundAgain, IsAStrangerAndIsNeverHit) {
  if (!namespaces_have_limits()) GTEST_SKIP() << "PID namespaces have no limit of their own here";
  constexpr int kRunsMax = 30;
  std::ptrdiff_t shared = 0;
  for (int seed = 1; seed <= kRunsMax && shared == 0 && !HasFailure(); ++seed) {
    const Reuse reuse = run_among_strangers(seed);
    if (!reuse.possible) GTEST_SKIP() << "no PID namespace can be made here";
    shared = reuse.shared;
  }
  EXPECT_GT(shared, 0) << "no victim and no stranger had the same pid: nothing was shown";
}

}  // namespace
}  // namespace revenant::chaos
