#include "chaos/src/recovery_times.h"

#include <gtest/gtest.h>

#include "chaos/src/throughput.h"
#include "chaos/src/verdict.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kMs = 1'000'000;
constexpr Nanos kUs = 1'000;
const Digest kValue{.is_number = true, .number = 1};

class Recovery : public testing::Test {
 protected:
  Recovery() {
    add(0, RunStarted{1, "completes", 1, 1000 * kMs, 5000 * kMs, 0, 0, 0});
    add(0, WorkerSeen{1, 1, 0});
    add(0, WorkerSeen{2, 1, 0});
    add(1, PhaseBegan{Phase::chaos});
  }
  void add(Nanos ms, Happening what) { history_.push_back({ms * kMs, std::move(what)}); }
  void task(Nanos ms, std::uint64_t id) { add(ms, TaskSubmitted{id, "crc32", 0, kValue}); }
  void result(Nanos ms, std::uint64_t id, std::optional<unsigned> attempts = std::nullopt) {
    add(ms, TaskResult{id, kValue, std::nullopt, attempts});
  }
  void kill(Nanos ms, pid_t victim, Nanos seen_after_us = 500) {
    const Nanos seen = ms * kMs + seen_after_us * kUs;
    history_.push_back({seen, FaultDone{0, "kill", ms * kMs, FaultState::installed, victim,
                                        ms * kMs, seen, std::nullopt, ""}});
    history_.push_back(
        {seen, WorkerGone{victim, seen, GoneBecause::injected, 9, seen + 250 * kUs}});
  }
  RecoveryTimes times() { return judge(history_).recovery_us; }

  History history_;
};

TEST_F(Recovery, IsMeasuredFromTheVisibleDeath) {
  task(5, 1);
  task(5, 2);
  kill(10, 1);
  add(12, WorkerSeen{3, 1, 12 * kMs});
  result(13, 2, 1);
  result(14, 1, 2);
  const RecoveryTimes seen = times();
  EXPECT_EQ(seen.detect.n, 1u);
  EXPECT_EQ(seen.detect.p50, 250);
  EXPECT_EQ(seen.respawn.p50, 1500);
  EXPECT_EQ(seen.first_result.p50, 2500);
  EXPECT_EQ(seen.task.n, 1u) << "the task that took two attempts";
  EXPECT_EQ(seen.task.p50, 3500);
  EXPECT_EQ(seen.full_capacity.n, 0u) << "two results are no throughput";
}

TEST_F(Recovery, IsZeroWhereTheSuccessorWasThereBeforeTheDeathWasVisible) {
  add(11, WorkerSeen{3, 1, 11 * kMs});
  kill(10, 1, 2000);
  const RecoveryTimes seen = times();
  EXPECT_EQ(seen.respawn.n, 1u);
  EXPECT_EQ(seen.respawn.max, 0);
}

TEST_F(Recovery, FillsThePlaceThatHasBeenEmptyLongest) {
  kill(10, 1, 0);
  kill(20, 2, 0);
  add(25, WorkerSeen{3, 1, 25 * kMs});
  add(40, WorkerSeen{4, 1, 40 * kMs});
  const RecoveryTimes seen = times();
  EXPECT_EQ(seen.respawn.n, 2u);
  EXPECT_EQ(seen.respawn.p50, 15'000);
  EXPECT_EQ(seen.respawn.max, 20'000);
}

TEST_F(Recovery, CountsTheFirstResultFromTheNextTaskWhereNothingWasOpen) {
  kill(10, 1, 0);
  task(500, 1);
  result(502, 1);
  EXPECT_EQ(times().first_result.p50, 2000);
}

TEST_F(Recovery, IsNotKeptWaitingByATaskThatIsNeverAnswered) {
  task(5, 1);
  kill(10, 1, 0);
  task(500, 2);
  result(502, 2);
  EXPECT_EQ(times().first_result.p50, 2000);
}

TEST_F(Recovery, SaysNothingOfTheVictimsTaskWhereAttemptsAreNotTold) {
  task(5, 1);
  kill(10, 1);
  result(14, 1);
  EXPECT_EQ(times().task.n, 0u);
}

TEST_F(Recovery, OfAStoppedWorkerIsNotAmongThoseOfTheKilled) {
  task(5, 1);
  history_.push_back({30 * kMs, FaultDone{0, "stop", 0, FaultState::installed, 1, 10 * kMs,
                                          11 * kMs, 30 * kMs, "state T"}});
  result(31, 1);
  EXPECT_EQ(times().first_result.n, 0u);
}

TEST_F(Recovery, OfFullCapacityIsTheFirstHundredthThatIsAsGoodAsTheOrdinary) {
  // 25 results in each hundredth; none in the three after the kill; the successor comes in the 2nd.
  std::uint64_t id = 0;
  const auto hundredth = [&](Nanos ms) {
    for (int i = 0; i < 25; ++i) {
      task(ms, ++id);
      result(ms + 1, id);
    }
  };
  for (Nanos ms = 1; ms < 301; ms += 10) hundredth(ms);
  kill(301, 1, 0);
  add(315, WorkerSeen{3, 1, 315 * kMs});
  for (Nanos ms = 331; ms < 601; ms += 10) hundredth(ms);
  add(601, PhaseBegan{Phase::calm});
  add(602, PhaseBegan{Phase::closing});
  const RecoveryTimes seen = times();
  ASSERT_EQ(seen.full_capacity.n, 1u);
  EXPECT_EQ(seen.full_capacity.p50, 30'000);
}

TEST_F(Recovery, ThroughputCountsOnlyTheTimeInWhichATaskWasOpen) {
  for (std::uint64_t id = 1; id <= 100; ++id) {
    const Nanos ms = static_cast<Nanos>(id) * 10;  // 1 ms of work in every 10
    task(ms, id);
    result(ms + 1, id);
  }
  add(1010, PhaseBegan{Phase::calm});
  add(1010, PhaseBegan{Phase::closing});
  const Verdict verdict = judge(history_);
  EXPECT_NEAR(verdict.throughput_per_s.chaos, 1000, 1);
  EXPECT_EQ(verdict.throughput_per_s.calm, 0) << "nothing was done in it";
}

TEST_F(Recovery, ThroughputOfProbesIsThatOfTheWholePhase) {
  history_.clear();
  RunStarted server{1, "contains", 1, 1000 * kMs, 5000 * kMs, 0, 0, 0};
  server.without_protocol = "program";
  add(0, server);
  add(0, PhaseBegan{Phase::chaos});
  for (std::uint64_t id = 1; id <= 100; ++id) {
    const Nanos ms = static_cast<Nanos>(id) * 100;  // a probe of 1 ms in every 100 ms
    task(ms, id);
    result(ms + 1, id);
  }
  add(20'000, PhaseBegan{Phase::calm});  // and for half of the time none was answered
  add(20'000, PhaseBegan{Phase::closing});
  const Verdict verdict = judge(history_);
  EXPECT_TRUE(verdict.tasks_are_probes);
  EXPECT_NEAR(verdict.throughput_per_s.chaos, 5, 0.01);
}

}  // namespace
}  // namespace revenant::chaos
