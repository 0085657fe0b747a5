// Targets whose processes are arranged as nobody expects: what is a worker is found all the same,
// and nobody else is touched.
#include <gtest/gtest.h>
#include <signal.h>

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

TEST_F(AnOddTree, AHelperBelowAWorkerIsNoWorkerAndIsFoundWhenItsWorkerDies) {
  RunOptions options = idle("(sleep 1001 & wait) & sleep 0.1; ready; listen");
  options.workers = WorkerSelection::children;
  const RunResult result = run(options);
  EXPECT_EQ(events_of<WorkerSeen>(result).size(), 1U) << told(result);
  EXPECT_EQ(installed(result), 1U);
  const auto left = events_of<Leftover>(result);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].command, "sleep 1001");
}

}  // namespace
}  // namespace revenant::chaos
