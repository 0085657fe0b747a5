#include "chaos/src/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

using std::chrono::milliseconds;

RunOptions with(Schedule schedule, std::vector<Fault> faults = {Fault{}}) {
  RunOptions options;
  options.seed = 7;
  options.schedules = {schedule};
  options.faults = std::move(faults);
  return options;
}

std::vector<PlannedFault> first(const RunOptions& options, std::size_t count) {
  std::vector<PlannedFault> faults;
  for (Plan plan(options, 0); plan.next() && faults.size() < count; plan.advance()) {
    faults.push_back(*plan.next());
  }
  return faults;
}

TEST(Plan, TheSameSeedGivesTheSamePlanOnEveryMachine) {
  const auto faults = first(with({}), 3);
  // Written down once: seed 7, poisson:10.
  EXPECT_EQ(faults[0].at, 94'363'000);
  EXPECT_EQ(faults[1].at, 214'797'000);
  EXPECT_EQ(faults[2].victim_draw, 0x846e30cc6d9397d3U);
}

TEST(Plan, AnotherSeedGivesAnotherPlan) {
  RunOptions other = with({});
  other.seed = 8;
  EXPECT_NE(first(other, 1)[0].at, first(with({}), 1)[0].at);
}

TEST(Plan, PeriodicFaultsComeAtEvenTimes) {
  const auto faults =
      first(with({.kind = Schedule::Kind::every, .interval = milliseconds(200)}), 3);
  EXPECT_EQ(faults[0].at, 200'000'000);
  EXPECT_EQ(faults[2].at, 600'000'000);
}

TEST(Plan, ABurstIsSeveralFaultsAtOnce) {
  const auto faults =
      first(with({.kind = Schedule::Kind::burst, .interval = milliseconds(50), .count = 3}), 6);
  EXPECT_EQ(faults[0].at, 50'000'000);
  EXPECT_EQ(faults[2].at, 50'000'000);
  EXPECT_EQ(faults[3].at, 100'000'000);
  EXPECT_NE(faults[0].victim_draw, faults[1].victim_draw);
}

TEST(Plan, AnIdleScheduleHasAsManyFaultsAsItSays) {
  EXPECT_EQ(first(with({.kind = Schedule::Kind::idle, .count = 5}), 100).size(), 5U);
}

TEST(Plan, FaultsAreDrawnByTheirWeights) {
  const auto options =
      with({}, {{.kind = FaultKind::kill, .weight = 3}, {.kind = FaultKind::stop, .weight = 1}});
  std::map<FaultKind, int> seen;
  for (const PlannedFault& fault : first(options, 4000)) ++seen[fault.kind];
  EXPECT_NEAR(seen[FaultKind::kill], 3000, 150);
  EXPECT_NEAR(seen[FaultKind::stop], 1000, 150);
}

TEST(Plan, AnotherKindOfFaultMovesNoOther) {
  const auto kills = first(with({}), 50);
  const auto stops = first(with({}, {{.kind = FaultKind::stop}}), 50);
  for (std::size_t i = 0; i < kills.size(); ++i) {
    EXPECT_EQ(kills[i].at, stops[i].at);
    EXPECT_EQ(kills[i].victim_draw, stops[i].victim_draw);
  }
}

TEST(Plan, AStopLastsAsLongAsItSaysOrFromTenToFiveHundredMilliseconds) {
  for (const auto& fault : first(with({}, {{.kind = FaultKind::stop}}), 200)) {
    EXPECT_GE(fault.stop_for, 10'000'000);
    EXPECT_LE(fault.stop_for, 500'000'000);
  }
  const auto fixed = with({}, {{.kind = FaultKind::stop, .stop_for = milliseconds(200)}});
  EXPECT_EQ(first(fixed, 1)[0].stop_for, 200'000'000);
}

TEST(Plan, ItsLengthIsKnownWhereTheTimeIs) {
  RunOptions options = with({.kind = Schedule::Kind::every, .interval = milliseconds(100)});
  EXPECT_EQ(count_planned(options), 0U) << "it depends on how long the tasks take";
  options.duration = milliseconds(1000);
  EXPECT_EQ(count_planned(options), 9U) << "the tenth would come at the very end";
}

// Fewer would be a pass on the strength of one kill.
TEST(Plan, HalfOfItIsDemandedButTenAtMostAndOneAtLeast) {
  RunOptions options = with({.kind = Schedule::Kind::every, .interval = milliseconds(100)});
  EXPECT_EQ(faults_demanded(options), 10U) << "the tasks alone bound it";
  options.faults_max = 3;
  EXPECT_EQ(faults_demanded(options), 3U);
  options.faults_max.reset();
  options.duration = milliseconds(1000);
  EXPECT_EQ(faults_demanded(options), 4U);
  options.duration = milliseconds(10'000);
  EXPECT_EQ(faults_demanded(options), 10U);
  options.duration = milliseconds(50);
  EXPECT_EQ(faults_demanded(options), 1U);
  options.faults_min = 0;
  EXPECT_EQ(faults_demanded(options), 0U) << "as it was said";
  EXPECT_EQ(faults_demanded(with({}, {{.kind = FaultKind::kill_main}})), 1U);
  EXPECT_EQ(faults_demanded(with({.kind = Schedule::Kind::idle, .count = 6})), 3U);
}

TEST(Plan, ADryRunPrintsALineForEachFault) {
  RunOptions options = with({.kind = Schedule::Kind::every, .interval = milliseconds(100)},
                            {{.kind = FaultKind::stop, .stop_for = milliseconds(30)}});
  options.duration = milliseconds(350);
  const std::string text = describe_plan(options);
  EXPECT_NE(text.find("seed 7, schedule every:100"), std::string::npos) << text;
  EXPECT_NE(text.find("0.100000"), std::string::npos) << text;
  EXPECT_NE(text.find("0.300000"), std::string::npos) << text;
  EXPECT_EQ(text.find("0.400000"), std::string::npos) << text;
  EXPECT_NE(text.find("SIGCONT after 30 ms"), std::string::npos) << text;
}

}  // namespace
}  // namespace revenant::chaos
