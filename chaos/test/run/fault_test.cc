// Each kind of fault, on a target that survives it: it is installed, seen for what it is, and what
// follows is judged.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <set>

#include "chaos/test/run/events_of.h"
#include "chaos/test/run/run_with.h"

namespace revenant::chaos {
namespace {

using std::chrono::milliseconds;

class AFault : public ::testing::Test {
 protected:
  RunOptions options(Fault fault) {
    RunOptions made = patient_options({SMALL_POOL, "--workers", "3"}, folder_);
    made.tasks = 400;
    made.operation = Operation::sleep;
    made.outstanding = 12;
    made.faults = {fault};
    made.schedules = {{.kind = Schedule::Kind::poisson, .per_second = 40}};
    made.faults_min = 3;
    return made;
  }

  // The worst of them is fatal: a worker gone by that signal, and counted as ours.
  void expect_deaths_by(FaultKind kind, int signal) {
    const RunResult result = run(options({.kind = kind}));
    EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
    std::set<pid_t> victims;
    for (const FaultDone& done : events_of<FaultDone>(result)) {
      if (done.state == FaultState::installed) victims.insert(done.victim);
    }
    EXPECT_GE(victims.size(), 3U);
    for (const WorkerGone& gone : events_of<WorkerGone>(result)) {
      if (!victims.contains(gone.pid)) continue;
      EXPECT_EQ(gone.because, GoneBecause::injected);
      ASSERT_TRUE(gone.status && WIFSIGNALED(*gone.status));
      EXPECT_EQ(WTERMSIG(*gone.status), signal);
    }
  }

  ScratchFolder folder_;
};

TEST_F(AFault, SegvAbortAndTermEndAWorkerByTheirSignal) {
  expect_deaths_by(FaultKind::segv, SIGSEGV);
  expect_deaths_by(FaultKind::abort, SIGABRT);
  expect_deaths_by(FaultKind::term, SIGTERM);
}

TEST_F(AFault, KillOfSeveralTakesSoManyAtOneInstant) {
  const RunResult result = run(options({.kind = FaultKind::kill_some, .victims = 2}));
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  std::set<pid_t> victims;
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    if (done.n == 0) victims.insert(done.victim);
  }
  EXPECT_EQ(victims.size(), 2U);
}

TEST_F(AFault, Exit0EndsTheWorkersThatTakeTheTaskUntilThePoolGivesItUp) {
  RunOptions ends = options({.kind = FaultKind::exit0});
  ends.faults_max = 2;
  const RunResult result = run(ends);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(result.verdict.counts.failed, 2U) << "the tasks that kill";
  std::size_t deaths = 0;
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    ASSERT_EQ(done.state, FaultState::installed) << done.evidence;
    EXPECT_TRUE(done.task);
    ++deaths;
  }
  // Five attempts each; a worker that lives for less than the time between two looks is not seen.
  EXPECT_GE(deaths, 2U);
  EXPECT_LE(deaths, 10U);
}

TEST_F(AFault, Exit0NeedsATargetThatKnowsTheOperation) {
  RunOptions ends = options({.kind = FaultKind::exit0});
  ends.command = {MIRROR, "3"};
  ends.operation = Operation::echo;
  EXPECT_THROW(static_cast<void>(run(ends)), TargetUnusable);
}

TEST_F(AFault, KillMainEndsTheRunAndWhatWasOpenIsNotHeldAgainstTheTarget) {
  for (const FaultKind kind : {FaultKind::kill_main, FaultKind::kill_group}) {
    RunOptions killed = options({.kind = kind});
    killed.faults_min = 1;
    // Long enough that a slow harness has not read them all when the kill comes.
    killed.operation_time = milliseconds(20);
    killed.schedules = {{.kind = Schedule::Kind::every, .interval = milliseconds(500)}};
    const RunResult result = run(killed);
    EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
    EXPECT_GT(result.verdict.counts.open, 0U) << "or nothing was shown";
    const auto exits = events_of<TargetExited>(result);
    ASSERT_EQ(exits.size(), 1U);
    EXPECT_EQ(exits[0].signal, SIGKILL);
    EXPECT_TRUE(exits[0].injected);
  }
}

TEST_F(AFault, SpawnFailsRefusesForksForAWhileAndThenLetsThemHappen) {
  RunOptions refused = options({.kind = FaultKind::spawn_fails, .stop_for = milliseconds(60)});
  refused.schedules = {{.kind = Schedule::Kind::every, .interval = milliseconds(150)}};
  const RunResult result = run(refused);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  std::size_t refusals = 0;
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    if (done.state != FaultState::installed) continue;
    refusals += done.evidence.find("fork was refused") != std::string::npos ? 1 : 0;
    ASSERT_TRUE(done.ended);
    EXPECT_LE(done.seen, *done.ended);
  }
  EXPECT_GE(refusals, 1U);
}

TEST_F(AFault, OomEndsAWorkerByTheKernelsOwnHandOrIsSkippedWithItsReason) {
  RunOptions starved = options({.kind = FaultKind::oom});
  starved.faults_min = 0;
  starved.faults_max = 2;
  const RunResult result = run(starved);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    EXPECT_NE(done.evidence, "");
    EXPECT_NE(done.state, FaultState::indeterminate) << done.evidence;
  }
}

TEST_F(AFault, IsRecordedWithWhatItsVictimWasDoing) {
  const RunResult result = run(options({.kind = FaultKind::kill}));
  const std::set<std::string> known = {"running", "clock_nanosleep"};
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    if (done.state != FaultState::installed) continue;
    EXPECT_TRUE(known.contains(done.doing) || done.doing.find("socket)") != std::string::npos)
        << done.doing;
    EXPECT_TRUE(done.outcomes);
    EXPECT_TRUE(done.worker_number);
  }
}

TEST_F(AFault, SchedulesRunSideBySideAndEachKeepsItsOwnCount) {
  RunOptions both = options({.kind = FaultKind::kill});
  both.schedules = {{.kind = Schedule::Kind::every, .interval = milliseconds(40)},
                    {.kind = Schedule::Kind::idle, .count = 3}};
  both.faults_max = 2;
  const RunResult result = run(both);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(events_of<FaultDone>(result).size(), 5U);
}

}  // namespace
}  // namespace revenant::chaos
