#include "reports/src/compare/gate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reports/src/compare/conclusion.h"
#include "reports/src/compare/glob.h"
#include "reports/src/input_error.h"

namespace revenant::reports::compare {
namespace {

std::string complaint_about(const std::string& gate) {
  try {
    parse_gate(gate);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

std::vector<Row> rows_named(const std::vector<std::string>& names) {
  std::vector<Row> rows;
  for (const std::string& name : names) {
    rows.emplace_back();
    rows.back().name = name;
  }
  return rows;
}

Conclusion judged(const std::vector<std::string>& gates, Interval interval,
                  const std::vector<LeftOut>& left_out = {}) {
  std::vector<Gate> parsed;
  for (const std::string& gate : gates) parsed.push_back(parse_gate(gate));
  const auto rows = rows_named({"throughput/noop", "recovery/task"});
  const auto results = judge_gates(parsed, rows, left_out, 0.05,
                                   [&](std::size_t, double) { return std::optional(interval); });
  return conclude(rows, results, Kind::files);
}

TEST(Glob, AStarIsAnyTextAndSlashesToo) {
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("throughput/*", "throughput/noop/workers:4/items_per_second"));
  EXPECT_TRUE(glob_matches("*/workers:4/*second", "throughput/noop/workers:4/items_per_second"));
  EXPECT_TRUE(glob_matches("a*b*c", "a-b-b-c-c"));
  EXPECT_FALSE(glob_matches("throughput/*", "a/throughput/x"));
  EXPECT_FALSE(glob_matches("a*b", "abc"));
  EXPECT_FALSE(glob_matches("", "a"));
}

TEST(Gate, IsReadWithItsSignAndBound) {
  const Gate gate = parse_gate("throughput/* >= 0.95");
  EXPECT_EQ(gate.pattern, "throughput/*");
  EXPECT_TRUE(gate.is_lower_bound);
  EXPECT_EQ(gate.bound, 0.95);
  EXPECT_FALSE(parse_gate("x<1.1").is_lower_bound);
}

TEST(Gate, ThatCannotBeReadIsRefusedWithThePlace) {
  EXPECT_NE(complaint_about("throughput"), "");
  EXPECT_NE(complaint_about("> 0.9").find("names no figure before column 1"), std::string::npos);
  EXPECT_NE(complaint_about("a > much").find("column 4: \"much\" is no number"), std::string::npos);
  EXPECT_NE(complaint_about("a > nan").find("is no number"), std::string::npos);
  EXPECT_NE(complaint_about("a >").find("is no number"), std::string::npos);
  EXPECT_NE(complaint_about("a > 0").find("above 0"), std::string::npos);
}

TEST(Gate, IsBrokenOnlyWhereTheWholeIntervalLiesBeyondTheBound) {
  EXPECT_EQ(judged({"* > 0.95"}, {0.80, 0.94}).exit_code, 1);
  EXPECT_EQ(judged({"* > 0.95"}, {0.80, 0.96}).exit_code, 2);
  EXPECT_EQ(judged({"* > 0.95"}, {0.96, 1.10}).exit_code, 0);
  EXPECT_EQ(judged({"* < 0.95"}, {0.80, 0.94}).exit_code, 0);
  EXPECT_EQ(judged({"* < 0.95"}, {0.96, 1.10}).exit_code, 1);
}

TEST(Gate, TheWorstOfAllDecides) {
  EXPECT_EQ(judged({"* > 0.5", "recovery/* > 0.95", "* > 0.9"}, {0.85, 0.94}).exit_code, 1);
  EXPECT_EQ(judged({"* > 0.5", "recovery/* > 0.9"}, {0.85, 0.94}).exit_code, 2);
  EXPECT_EQ(judged({"* > 0.5", "recovery/* > 0.8"}, {0.85, 0.94}).exit_code, 0);
}

TEST(Gate, TheLastLineSaysTheReason) {
  EXPECT_EQ(judged({"throughput/* > 0.95"}, {0.80, 0.94}).sentence,
            "gate 'throughput/* > 0.95' is broken: throughput/noop is at 1.000 (0.800 to 0.940)");
}

TEST(Gate, IsUndecidedAboutAFigureThatWasLeftOut) {
  const auto conclusion = judged({"late/* > 0.5"}, {1, 1}, {{"late/a", "is missing (b.json)"}});
  EXPECT_EQ(conclusion.exit_code, 2);
  EXPECT_EQ(conclusion.sentence, "gate 'late/* > 0.5' is undecided: late/a is missing (b.json)");
}

TEST(Gate, IsUndecidedAboutAFigureWithTooFewSamples) {
  const auto results = judge_gates({parse_gate("a > 0.5")}, rows_named({"a"}), {}, 0.05,
                                   [](std::size_t, double) { return std::nullopt; });
  EXPECT_EQ(results.at(0).outcome, GateOutcome::undecided);
  EXPECT_EQ(results.at(0).figures.at(0).why, "has too few samples");
}

TEST(Gate, ThatMatchesNothingIsRefused) {
  EXPECT_THROW(judged({"thruput/* > 0.9"}, {1, 1}), InputError);
}

TEST(Gate, TheLevelIsSharedAmongAllGatedFigures) {
  const auto rows = rows_named({"a", "b"});
  judge_gates({parse_gate("* > 1"), parse_gate("a > 1")}, rows, {}, 0.06,
              [](std::size_t, double level) {
                EXPECT_NEAR(level, 0.98, 1e-12);
                return std::nullopt;
              });
}

}  // namespace
}  // namespace revenant::reports::compare
