// Targets whose processes are arranged as nobody expects: what is a worker is found all the same,
// and nobody else is touched.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "chaos/test/run/events_of.h"
#include "chaos/test/run/run_with.h"

namespace revenant::chaos {
namespace {

using std::chrono::milliseconds;

class AnOddTree : public ::testing::Test {
 protected:
  // A target that answers nothing; its workers are `sleep 1000` of this many seconds.
  RunOptions idle(const std::string& script, const std::string& regex = "sleep 1000") {
    RunOptions options = patient_options(shell(script), folder_);
    options.tasks = 5;
    options.faults = {{.kind = FaultKind::kill_all}};
    options.schedules = {{.kind = Schedule::Kind::every, .interval = milliseconds(50)}};
    options.faults_min = 1;
    options.stall_after = milliseconds(400);
    options.workers = WorkerSelection::match;
    options.worker_regex = regex;
    return options;
  }

  static std::size_t installed(const RunResult& result) {
    std::size_t count = 0;
    for (const FaultDone& done : events_of<FaultDone>(result)) {
      count += done.state == FaultState::installed ? 1 : 0;
    }
    return count;
  }

  ScratchFolder folder_;
};

TEST_F(AnOddTree, ASelectorThatMatchesNothingIsUnknownAndTheTreeIsPrinted) {
  RunOptions options = idle("sleep 1000 & ready; listen; kill $!", "no such command");
  const RunResult result = run(options);
  EXPECT_NE(result.verdict.ruling, Ruling::pass);
  ASSERT_FALSE(result.notes.empty());
  EXPECT_NE(result.notes[0].find("no worker was found"), std::string::npos) << result.notes[0];
  EXPECT_NE(result.notes[0].find("sleep 1000"), std::string::npos) << result.notes[0];
}

TEST_F(AnOddTree, AWorkerThatLosesItsParentIsStillOne) {
  // The inner shell ends, so that its child becomes nobody's.
  const RunResult result = run(idle("(sh -c 'sleep 1000 & exit 0'); sleep 0.1; ready; listen"));
  EXPECT_EQ(installed(result), 1U) << told(result);
}

TEST_F(AnOddTree, AWorkerInASessionOfItsOwnIsStillOne) {
  const RunResult result = run(idle("setsid sleep 1000 & ready; listen"));
  EXPECT_EQ(installed(result), 1U) << told(result);
}

TEST_F(AnOddTree, OfWorkersThatForkTheLeavesAreFound) {
  RunOptions options = idle("(sleep 1000; :) & ready; listen");
  options.workers = WorkerSelection::leaves;
  const RunResult result = run(options);
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    if (done.state != FaultState::installed) continue;
    EXPECT_NE(done.doing, "wait4") << "that is a parent";
  }
  EXPECT_GE(installed(result), 1U) << told(result);
}

TEST_F(AnOddTree, ATargetThatIgnoresTheEndAndSigtermIsKilledAndStalled) {
  RunOptions options = idle("trap '' TERM; ready; listen; while :; do sleep 0.1; done");
  options.faults_min = 0;
  const RunResult result = run(options);
  EXPECT_TRUE(has(result, FindingKind::stalled)) << told(result);
  const auto exits = events_of<TargetExited>(result);
  ASSERT_EQ(exits.size(), 1U);
  EXPECT_EQ(exits[0].signal, SIGKILL);
}

// In a PID namespace with few pids they come round within the run. Strangers are born all the time,
// into the pids of the dead; none of them may be hit.
TEST_F(AnOddTree, APidThatComesRoundAgainIsAStranger) {
  const std::string out = folder_.file("strangers");
  const std::string script =
      "echo 400 > /proc/sys/kernel/pid_max || exit 77; "
      "(while [ ! -e " +
      folder_.file("stop") + " ]; do sleep 0.02 & wait $! || echo hit; done) > " + out + " & " +
      CHAOS_MAIN + " chaos --quiet --out " + folder_.path() +
      " --tasks 3000 --op sleep --outstanding 16 --schedule poisson:120 --faults-min 100"
      " --claim reports --recover-within 30000 --stall-after 30000 --seed 7 -- " +
      SMALL_POOL + " --workers 4 > " + folder_.file("out") + " 2>&1; code=$?; touch " +
      folder_.file("stop") + "; ls -d /proc/[0-9]* | wc -l > /dev/null; exit $code";
  const std::string command =
      "unshare --pid --fork --mount-proc --kill-child sh -c '" + script + "'";
  const int status = std::system((command + " 2>/dev/null").c_str());
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 77 || read_whole(folder_.file("out")).empty()) {
    GTEST_SKIP() << "no PID namespace with a limit of its own can be made here";
  }
  EXPECT_EQ(WEXITSTATUS(status), 0) << read_whole(folder_.file("out"));
  EXPECT_EQ(read_whole(out), "") << "a stranger was hit";
}

}  // namespace
}  // namespace revenant::chaos
