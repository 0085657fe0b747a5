// What follows from numbers that are given: standings, curves, batches.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "bench/src/goals/apart.h"
#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals_json.h"
#include "bench/src/goals/goals_table.h"
#include "bench/src/goals/long_history.h"
#include "bench/src/goals/row.h"
#include "bench/src/goals/scratch_folder.h"
#include "bench/src/goodput/goodput.h"
#include "bench/src/utilisation/work.h"
#include "chaos/src/verdict.h"

namespace revenant::bench::goals {
namespace {

Row row_of(Sense sense, double bar, double low, double high) {
  return {.bar = {1, "a / b", sense, bar},
          .measured = Estimate{.median = (low + high) / 2, .low = low, .high = high}};
}

TEST(GoalRow, IsMetOnlyIfTheWholeIntervalClearsTheBar) {
  EXPECT_EQ(row_of(Sense::at_least, 0.5, 0.51, 0.9).standing(), Standing::met);
  EXPECT_EQ(row_of(Sense::at_least, 0.5, 0.49, 0.9).standing(), Standing::undecided);
  EXPECT_EQ(row_of(Sense::at_least, 0.5, 0.3, 0.49).standing(), Standing::not_met);
  EXPECT_EQ(row_of(Sense::at_most, 0.5, 0.3, 0.49).standing(), Standing::met);
  EXPECT_EQ(row_of(Sense::at_most, 0.5, 0.3, 0.51).standing(), Standing::undecided);
  EXPECT_EQ(row_of(Sense::at_most, 0.5, 0.51, 0.9).standing(), Standing::not_met);
}

TEST(GoalRow, WithoutAMeasurementIsNeverMet) {
  EXPECT_EQ(missing_row({1, "a / b"}, "no such machine").standing(), Standing::not_measured);
}

TEST(GoalRow, OfTwoSeriesIsTheRatioOfTheirPairs) {
  const Row row =
      ratio_row({1, "a / b", Sense::at_least, 2}, Series{2, 20, 6}, Series{1, 10, 3}, "");
  EXPECT_DOUBLE_EQ(row.measured->median, 2);
  EXPECT_EQ(row.standing(), Standing::met);
}

TEST(GoalRow, OfARoundWithoutAFloorIsNotMeasured) {
  const Row row = ratio_row({1, "a / b", Sense::at_least, 2}, Series{2, 2}, Series{1, 0}, "");
  EXPECT_EQ(row.standing(), Standing::not_measured);
}

TEST(MeasureApart, BringsRowsFromAProcessOfItsOwn) {
  const pid_t here = ::getpid();
  const Rows rows = measure_apart([here] {
    Row row = row_of(Sense::at_least, 0.1, 0.1 + 0.2, 1.0 / 3);
    row.note = ::getpid() == here ? "here" : "apart";
    row.bar.stretch = 0.7;
    row.bar.unit = "KiB";
    return Rows{row, missing_row({4, "calls"}, "no counters")};
  });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].note, "apart");
  EXPECT_EQ(rows[0].bar.what, "a / b");
  EXPECT_EQ(rows[0].bar.stretch, 0.7);
  EXPECT_EQ(rows[0].bar.unit, "KiB");
  EXPECT_EQ(rows[0].measured->low, 0.1 + 0.2);
  EXPECT_EQ(rows[0].measured->high, 1.0 / 3);
  EXPECT_EQ(rows[0].standing(), Standing::met);
  EXPECT_EQ(rows[1].bar.goal, 4);
  EXPECT_EQ(rows[1].standing(), Standing::not_measured);
  EXPECT_EQ(rows[1].note, "no counters");
}

TEST(MeasureApart, SaysSoWhenItsProcessDies) {
  EXPECT_THROW(measure_apart([]() -> Rows { ::_exit(0); }), std::runtime_error);
}

TEST(GoalsJson, SaysNothingInPlaceOfANumberThatWasNotMeasured) {
  const Rows rows{row_of(Sense::at_least, 0.5, 0.6, 0.7), missing_row({4, "calls"}, "no \xff")};
  const auto json = nlohmann::json::parse(goals_json(rows, kSmoke));
  EXPECT_EQ(json["met"], false);
  EXPECT_EQ(json["goals"][0]["standing"], "met");
  EXPECT_DOUBLE_EQ(json["goals"][0]["low"], 0.6);
  EXPECT_TRUE(json["goals"][1]["median"].is_null());
  EXPECT_EQ(json["goals"][1]["standing"], "not measured");
}

TEST(GoalsTable, HasNoColourWhereNoneIsWanted) {
  std::ostringstream out;
  GoalsTable table(out, false);
  table.row(row_of(Sense::at_least, 0.5, 0.1, 0.2));
  EXPECT_NE(out.str().find("not met"), std::string::npos);
  EXPECT_EQ(out.str().find('\033'), std::string::npos);
}

TEST(Interleave, GoesThroughEveryOtherRoundBackwards) {
  std::string order;
  std::vector<Arm> arms;
  for (const char name : {'a', 'b', 'c', 'd'}) {
    arms.push_back({std::string(1, name), [&order, name] { order += name; }});
  }
  interleave(arms, 4);
  ASSERT_EQ(order.size(), 16u);
  for (std::size_t round = 0; round < 16; round += 8) {
    const std::string there = order.substr(round, 4);
    std::string back = order.substr(round + 4, 4);
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(there, back);
    std::string sorted = there;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(sorted, "abcd");
  }
}

TEST(Figures, HaveThreeDigits) {
  EXPECT_EQ(figure(0.04567), "0.0457");
  EXPECT_EQ(figure(4.567), "4.57");
  EXPECT_EQ(figure(456.7), "457");
  EXPECT_EQ(figure(0), "0");
  EXPECT_EQ(per_second(2'345'678), "2.35 M/s");
  EXPECT_EQ(duration(1500), "1.50 ms");
}

TEST(GoodputTheory, TakesTheDeathTheBirthAndHalfATaskFromTheProcessors) {
  // Two processors, 1 ms tasks, kills of 1.5 ms: 100 a second cost 0.2 processors.
  const GoodputTheory theory{.processors = 2, .task_seconds = 0.001, .kill_seconds = 0.0015};
  EXPECT_DOUBLE_EQ(theory.tasks_per_second(0), 2000);
  EXPECT_NEAR(theory.tasks_per_second(100), 1800, 1e-9);
  EXPECT_DOUBLE_EQ(theory.tasks_per_second(100'000), 0);
}

TEST(GoodputTheory, IsCalibratedToTheCurveThatItIsGiven) {
  const GoodputTheory curve{.processors = 2, .task_seconds = 0.001, .kill_seconds = 0.0015};
  const auto at = [&](double kills) { return Goodput{curve.tasks_per_second(kills), kills}; };
  const GoodputTheory found = calibrate(at(0), at(500), 2);
  EXPECT_NEAR(found.task_seconds, 0.001, 1e-12);
  EXPECT_NEAR(found.kill_seconds, 0.0015, 1e-12);
}

TEST(GoodputTheory, CountsNoMoreProcessorsThanWorkers) {
  EXPECT_DOUBLE_EQ(calibrate({4000, 0}, {3000, 500}, 64).processors, 4);
}

TEST(Batch, HasTheTasksOfItsMixInAnOrderOfItsOwn) {
  using std::chrono::microseconds;
  const auto batch =
      make_batch({.usual = microseconds(1), .other = microseconds(50), .one_in = 10}, 200);
  const Turns other = *std::max_element(batch.begin(), batch.end());
  EXPECT_EQ(std::count(batch.begin(), batch.end(), other), 20);
  // Not every tenth: somewhere two are next to each other or farther apart.
  bool regular = true;
  for (std::size_t i = 0; i < batch.size(); i += 10) regular = regular && batch[i] == other;
  EXPECT_FALSE(regular);
}

TEST(LongHistory, IsThatOfACorrectPoolAndIsJudgedPass) {
  const ScratchFolder folder;
  const std::string path = folder.file("history.jsonl");
  EXPECT_GE(write_long_history(path, 20'000), 20'000u);
  const chaos::JudgedFile judged = chaos::judge_file(path);
  EXPECT_EQ(judged.error, "");
  EXPECT_EQ(judged.verdict.ruling, chaos::Ruling::pass);
  EXPECT_GT(judged.verdict.counts.kills, 0u);
}

}  // namespace
}  // namespace revenant::bench::goals
