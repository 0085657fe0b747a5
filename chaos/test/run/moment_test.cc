// Moments: a fault comes where it was aimed, and the history says where that was.
#include <gtest/gtest.h>

#include "chaos/test/run/events_of.h"
#include "chaos/test/run/run_with.h"

namespace revenant::chaos {
namespace {

class AMoment : public ::testing::Test {
 protected:
  RunOptions options(Schedule::Kind kind, std::uint64_t count) {
    RunOptions made = patient_options({SMALL_POOL, "--workers", "3"}, folder_);
    made.tasks = 400;
    made.operation = Operation::sleep;
    made.outstanding = 12;
    made.schedules = {{.kind = kind, .count = count}};
    made.faults_min = count;
    return made;
  }

  // Installed faults whose evidence has this in it.
  static std::size_t with_evidence(const RunResult& result, const std::string& text) {
    std::size_t count = 0;
    for (const FaultDone& done : events_of<FaultDone>(result)) {
      const bool has = done.evidence.find(text) != std::string::npos;
      if (has && done.state == FaultState::installed) ++count;
    }
    return count;
  }

  ScratchFolder folder_;
};

TEST_F(AMoment, AtReadAndAtWriteMeetTheVictimInThatCall) {
  const RunResult reads = run(options(Schedule::Kind::at_read, 6));
  EXPECT_EQ(reads.verdict.ruling, Ruling::pass) << told(reads);
  EXPECT_EQ(with_evidence(reads, "ing read, message call"), 6U);
  const RunResult writes = run(options(Schedule::Kind::at_write, 6));
  EXPECT_EQ(writes.verdict.ruling, Ruling::pass) << told(writes);
  EXPECT_EQ(with_evidence(writes, "ing write, message call"), 6U);
}

TEST_F(AMoment, AVictimThatIsStoppedAtItsMomentGoesOnAfterwards) {
  RunOptions stops = options(Schedule::Kind::at_write, 4);
  stops.faults = {{.kind = FaultKind::stop, .stop_for = std::chrono::milliseconds(20)}};
  const RunResult result = run(stops);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(with_evidence(result, "state T"), 4U);
}

TEST_F(AMoment, BootingHitsTheSuccessorOfADeadWorker) {
  const RunResult result = run(options(Schedule::Kind::booting, 4));
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(with_evidence(result, "so that another is born"), 4U);
  EXPECT_EQ(with_evidence(result, "first seen"), 4U);
}

TEST_F(AMoment, BeforeReadyHitsANewbornInOneOfItsFirstCalls) {
  const RunResult result = run(options(Schedule::Kind::before_ready, 6));
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(with_evidence(result, "of its life"), 6U);
}

TEST_F(AMoment, DrainingComesAfterTheEndOfInputWithTasksOpen) {
  RunOptions draining = options(Schedule::Kind::draining, 3);
  draining.operation_time = std::chrono::milliseconds(20);
  draining.tasks = 100;
  const RunResult result = run(draining);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(result.verdict.counts.results, 100U);
  Nanos closing = 0;
  for (const HistoryEvent& event : read_history(result.run_folder + "/history.jsonl").history) {
    const auto* phase = std::get_if<PhaseBegan>(&event.what);
    if (phase != nullptr && phase->phase == Phase::closing) closing = event.t;
  }
  for (const FaultDone& done : events_of<FaultDone>(result)) EXPECT_GT(done.sent, closing);
}

TEST_F(AMoment, BlockedWaitsUntilAllStandStillAndSaysSinceWhen) {
  const RunResult result = run(options(Schedule::Kind::blocked, 3));
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  std::size_t seen = 0;
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    ASSERT_EQ(done.state, FaultState::installed) << done.evidence;
    EXPECT_NE(done.doing.find("read("), std::string::npos) << done.doing;
    ASSERT_TRUE(done.doing_since);
    EXPECT_LT(*done.doing_since, done.sent);
    ++seen;
  }
  EXPECT_EQ(seen, 3U);
}

TEST_F(AMoment, ThatNeverComesIsSkippedWithItsReason) {
  RunOptions vain = patient_options({MIRROR, "3"}, folder_);
  vain.operation = Operation::echo;
  vain.tasks = 50;
  vain.faults_min = 0;
  vain.schedules = {{.kind = Schedule::Kind::at_write, .count = 1}};
  const RunResult result = run(vain);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  const auto faults = events_of<FaultDone>(result);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].state, FaultState::skipped);
  EXPECT_NE(faults[0].evidence, "");
}

}  // namespace
}  // namespace revenant::chaos
