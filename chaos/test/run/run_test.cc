// Whole runs against a correct target.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "chaos/test/run/events_of.h"
#include "chaos/test/run/run_with.h"
#include "pool/os/process.h"

namespace revenant::chaos {
namespace {

std::uint64_t installed(const RunResult& result, const std::string& fault) {
  std::uint64_t count = 0;
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    if (done.fault == fault && done.state == FaultState::installed) ++count;
  }
  return count;
}

class Run : public ::testing::Test {
 protected:
  RunOptions options() {
    RunOptions made = patient_options({SMALL_POOL, "--workers", "3"}, folder_);
    made.tasks = 400;
    made.schedules = {{.kind = Schedule::Kind::poisson, .per_second = 40}};
    made.faults_min = 5;
    return made;
  }

  ScratchFolder folder_;
};

TEST_F(Run, ACorrectPoolUnderKillsPasses) {
  const RunResult result = run(options());
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(result.verdict.counts.tasks, 400U);
  EXPECT_EQ(result.verdict.counts.results, 400U);
  EXPECT_GE(installed(result, "kill"), 5U);
  EXPECT_EQ(result.verdict.counts.workers_at_start, 3U);
}

TEST_F(Run, BoundByTimeAndTasksLastsUntilBothAreReached) {
  RunOptions both = options();
  both.operation = Operation::sleep;  // 1 ms, three at a time: no 600 in the time that is given
  both.duration = std::chrono::milliseconds(100);
  both.tasks_min = 600;
  std::uint64_t given = 0;
  std::uint64_t given_under_faults = 0;
  for (const HistoryEvent& event : read_history(run(both).run_folder + "/history.jsonl").history) {
    if (std::holds_alternative<TaskSubmitted>(event.what)) ++given;
    const auto* const began = std::get_if<PhaseBegan>(&event.what);
    if (began != nullptr && began->phase == Phase::calm) given_under_faults = given;
  }
  EXPECT_GE(given_under_faults, 600U);
}

TEST_F(Run, WorkersThatAreNotDeclaredAreFoundAsChildren) {
  RunOptions undeclared = patient_options({MIRROR, "3"}, folder_);
  undeclared.operation = Operation::echo;
  undeclared.faults_min = 0;
  undeclared.schedules = {{.kind = Schedule::Kind::every, .interval = std::chrono::hours(1)}};
  const RunResult result = run(undeclared);
  EXPECT_EQ(result.verdict.counts.workers_at_start, 3U) << told(result);
}

TEST_F(Run, WorkersAreFoundAsChildrenAsLeavesAsDescendantsAndByTheirCommand) {
  for (const auto selection : {WorkerSelection::children, WorkerSelection::leaves,
                               WorkerSelection::descendants, WorkerSelection::match}) {
    RunOptions selected = options();
    selected.workers = selection;
    selected.worker_regex = "target --workers 3";
    const RunResult result = run(selected);
    EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
    EXPECT_EQ(result.verdict.counts.workers_at_start, 3U);
    EXPECT_GE(result.verdict.counts.kills, 5U);
  }
}

TEST_F(Run, KillAllTakesEveryWorkerAtOneInstant) {
  RunOptions all = options();
  all.faults = {{.kind = FaultKind::kill_all}};
  all.schedules = {{.kind = Schedule::Kind::every, .interval = std::chrono::milliseconds(100)}};
  const RunResult result = run(all);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  std::set<pid_t> victims_of_first;
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    if (done.n == 0 && done.state == FaultState::installed) victims_of_first.insert(done.victim);
  }
  EXPECT_EQ(victims_of_first.size(), 3U);
}

TEST_F(Run, AStoppedWorkerIsSeenStoppedAndContinued) {
  RunOptions stops = options();
  stops.operation = Operation::sleep;
  stops.faults = {{.kind = FaultKind::stop, .stop_for = std::chrono::milliseconds(30)}};
  const RunResult result = run(stops);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_GE(installed(result, "stop"), 5U);
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    if (done.state != FaultState::installed) continue;
    EXPECT_LE(done.sent, done.seen);
    ASSERT_TRUE(done.ended) << "SIGCONT was never sent to " << done.victim;
    EXPECT_LE(done.seen, *done.ended);
  }
}

TEST_F(Run, AnIdleFaultComesOnlyWhenNothingIsOutstandingAndTasksFollow) {
  RunOptions idle = options();
  idle.schedules = {{.kind = Schedule::Kind::idle, .count = 6}};
  const RunResult result = run(idle);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(installed(result, "kill"), 6U);
  const History history = read_history(result.run_folder + "/history.jsonl").history;
  const auto faults = events_of<FaultDone>(result);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    const Nanos next = i + 1 < faults.size() ? faults[i + 1].sent : history.back().t;
    std::int64_t open_when_sent = 0;
    std::size_t tasks_until_next = 0;
    for (const HistoryEvent& event : history) {
      const bool is_task = std::holds_alternative<TaskSubmitted>(event.what);
      if (event.t <= faults[i].sent) {
        open_when_sent += is_task ? 1 : 0;
        open_when_sent -= std::holds_alternative<TaskResult>(event.what) ? 1 : 0;
      } else if (event.t <= next) {
        tasks_until_next += is_task ? 1 : 0;
      }
    }
    EXPECT_EQ(open_when_sent, 0) << "fault " << faults[i].n;
    EXPECT_GT(tasks_until_next, 0U) << "after fault " << faults[i].n;
  }
}

TEST_F(Run, AnOpenLoopSubmitsAtItsRateAndKeepsTheTimesAtWhichTasksWereDue) {
  RunOptions open = options();
  open.rate = 1000;
  open.faults_min = 0;
  const RunResult result = run(open);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  const auto tasks = events_of<TaskSubmitted>(result);
  ASSERT_EQ(tasks.size(), 400U);
  // Of the chaos phase, which begins with the first task: 360 tasks, one each millisecond.
  EXPECT_EQ(tasks[359].due - tasks[0].due, 359'000'000);
}

TEST_F(Run, ADurationEndsTheChaosPhase) {
  RunOptions timed = options();
  timed.duration = std::chrono::milliseconds(700);
  const RunResult result = run(timed);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  std::vector<Phase> phases;
  for (const PhaseBegan& began : events_of<PhaseBegan>(result)) phases.push_back(began.phase);
  EXPECT_EQ(phases,
            (std::vector<Phase>{Phase::starting, Phase::chaos, Phase::calm, Phase::closing}));
}

TEST_F(Run, TheSameSeedSubmitsTheSameTasks) {
  const auto first = events_of<TaskSubmitted>(run(options()));
  const auto second = events_of<TaskSubmitted>(run(options()));
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].want, second[i].want);
}

TEST_F(Run, TheRunFolderHasEverythingAndLatestPointsToIt) {
  const RunResult result = run(options());
  for (const std::string name :
       {"run.json", "history.jsonl", "verdict.json", "junit.xml", "target.stderr"}) {
    EXPECT_TRUE(std::filesystem::exists(result.run_folder + "/" + name)) << name;
  }
  EXPECT_TRUE(std::filesystem::equivalent(folder_.file("latest"), result.run_folder));
  EXPECT_NE(read_whole(result.run_folder + "/run.json").find("\"seed\": 7"), std::string::npos);
}

TEST_F(Run, NoDescriptorIsLeftOverAndNoChild) {
  static_cast<void>(run(options()));
  const auto count = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  };
  const auto before = count();
  static_cast<void>(run(options()));
  EXPECT_EQ(count(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST_F(Run, TheTargetGetsNoDescriptorButItsThree) {
  RunOptions listing = patient_options(shell("ls /proc/self/fd >&2; exit 0"), folder_);
  const RunResult result = run(listing);
  // The fourth is the folder that ls itself reads.
  EXPECT_EQ(read_whole(result.run_folder + "/target.stderr"), "0\n1\n2\n3\n");
}

TEST_F(Run, ADaemonThatTheTargetLeavesBehindIsFoundAndKilled) {
  const std::string script = "setsid sh -c 'trap \"\" TERM HUP; echo $$ > " + folder_.file("pid") +
                             "; exec sleep 1000' & while [ ! -s " + folder_.file("pid") +
                             " ]; do sleep 0.01; done; ready; listen";
  RunOptions leaving = patient_options(shell(script), folder_);
  leaving.tasks = 1;
  leaving.faults_min = 0;
  leaving.stall_after = std::chrono::milliseconds(300);
  const RunResult result = run(leaving);
  EXPECT_TRUE(has(result, FindingKind::orphan)) << told(result);
  pid_t daemon = 0;
  std::ifstream(folder_.file("pid")) >> daemon;
  ASSERT_GT(daemon, 0);
  EXPECT_FALSE(os::Process::open(daemon)) << "process " << daemon << " is still there";
}

TEST_F(Run, WhatIsNotDeclaredIsNoWorkerNotEvenBeforeTheTargetIsReady) {
  const std::string script =
      "sleep 1000 & helper=$!; sleep 0.3; sleep 1000 & worker=$!; echo "
      "'{\"type\":\"ready\",\"workers\":['$worker']}'; listen; kill $helper "
      "$worker; wait";
  RunOptions declaring = patient_options(shell(script), folder_);
  declaring.tasks = 1;
  declaring.faults_min = 0;
  declaring.stall_after = std::chrono::milliseconds(300);
  EXPECT_EQ(events_of<WorkerSeen>(run(declaring)).size(), 1U);
}

// The target claims a process that is none of its own. It must not be touched.
TEST_F(Run, AStrangerThatTheTargetDeclaresIsNotSignalled) {
  const pid_t stranger = ::fork();
  if (stranger == 0) {
    ::pause();
    ::_exit(0);
  }
  const std::string script =
      "echo '{\"type\":\"ready\",\"workers\":[" + std::to_string(stranger) + "]}'; listen";
  RunOptions lying = patient_options(shell(script), folder_);
  lying.tasks = 100;
  lying.faults = {{.kind = FaultKind::kill_all}};
  lying.schedules = {{.kind = Schedule::Kind::every, .interval = std::chrono::milliseconds(20)}};
  lying.stall_after = std::chrono::milliseconds(500);
  const RunResult result = run(lying);
  EXPECT_EQ(result.verdict.counts.kills, 0U);
  EXPECT_FALSE(events_of<FaultDone>(result).empty()) << "nothing was tried";
  EXPECT_EQ(::waitpid(stranger, nullptr, WNOHANG), 0) << "the stranger is gone";
  ::kill(stranger, SIGKILL);
  ::waitpid(stranger, nullptr, 0);
}

// The first worker that the history names, once tasks are under way.
pid_t await_worker(const std::string& history) {
  while (true) {
    const std::string text = read_whole(history);
    const auto seen = text.find("\"worker_seen\",\"pid\":");
    if (seen != std::string::npos && text.find("\"e\":\"result\"") != std::string::npos) {
      return static_cast<pid_t>(std::stol(text.substr(seen + 20)));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

TEST_F(Run, AWorkerThatSomebodyElseKillsIsNotCountedAsOurs) {
  RunOptions quiet = options();
  quiet.operation = Operation::sleep;
  quiet.operation_time = std::chrono::milliseconds(10);
  quiet.faults_min = 0;
  quiet.schedules = {{.kind = Schedule::Kind::every, .interval = std::chrono::hours(1)}};
  std::thread somebody_else(
      [&] { ::kill(await_worker(folder_.file("latest/history.jsonl")), SIGKILL); });
  const RunResult result = run(quiet);
  somebody_else.join();
  EXPECT_EQ(result.verdict.ruling, Ruling::unknown) << told(result);
  EXPECT_TRUE(has(result, FindingKind::external_kill)) << told(result);
  std::size_t by_other = 0;
  for (const WorkerGone& gone : events_of<WorkerGone>(result)) {
    if (gone.because != GoneBecause::killed_by_other) continue;
    ++by_other;
    ASSERT_TRUE(gone.status);
    EXPECT_EQ(WTERMSIG(*gone.status), SIGKILL);
  }
  EXPECT_EQ(by_other, 1U);
}

}  // namespace
}  // namespace revenant::chaos
