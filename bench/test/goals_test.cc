// Every goal at its smallest size, and what `revenant bench --goals` promises.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "bench/src/exit_codes.h"
#include "bench/src/goals/goals_command.h"
#include "bench/test/bench_process.h"

namespace revenant::bench {
namespace {

using nlohmann::json;

// Longer than a small file of /proc.
json output_of(const BenchProcess& bench) {
  return json::parse(std::ifstream(bench.path("stdout")), nullptr, false);
}

class EveryGoal : public testing::TestWithParam<int> {};

TEST_P(EveryGoal, IsMeasuredOrSaysWhyNot) {
  const int goal = GetParam();
  BenchProcess bench({"--goals", "--smoke", "--json", "--only", std::to_string(goal)},
                     [](int argc, char** argv) {
                       goals::GoalSettings settings;
                       settings.command = REVENANT_COMMAND;
                       return goals::run_goals_command(argc, argv, settings);
                     });
  const int code = bench.wait();
  ASSERT_TRUE(code == 0 || code == 1) << code << bench.errors();
  const json result = output_of(bench);
  ASSERT_TRUE(result.is_object()) << bench.errors();
  ASSERT_FALSE(result["goals"].empty());
  for (const json& row : result["goals"]) {
    EXPECT_EQ(row["goal"], goal);
    if (row["standing"] != "not measured") {
      EXPECT_GE(row["high"], row["low"]) << row;
      continue;
    }
    // What a machine may lack: leave to count system calls, memory; and a run this short may see no
    // kill.
    EXPECT_TRUE(goal == 4 || goal == 8 || goal == 12) << row;
    EXPECT_NE(row["note"], "");
  }
}

// The last goal is that of the peers, which have their own tests.
INSTANTIATE_TEST_SUITE_P(Goals, EveryGoal, testing::Range(1, 16),
                         [](const auto& goal) { return "Goal" + std::to_string(goal.param); });

TEST(Goals, WithAPlantedSlowTaskAreNotMetAndTheExitCodeIsOne) {
  const auto slow = [](std::string_view payload, std::string& value) {
    std::this_thread::sleep_for(std::chrono::microseconds(20));
    echo_number(payload, value);
  };
  BenchProcess bench({"--goals", "--smoke", "--json", "--only", "1"}, [&](int argc, char** argv) {
    goals::GoalSettings settings;
    settings.no_op = slow;
    return goals::run_goals_command(argc, argv, settings);
  });
  EXPECT_EQ(bench.wait(), 1);
  const json result = output_of(bench);
  EXPECT_EQ(result["met"], false);
  ASSERT_EQ(result["goals"].size(), 2u);
  for (const json& row : result["goals"]) EXPECT_EQ(row["standing"], "not met") << row;
}

TEST(Goals, ThatOneOfItsArmsCannotRunIsNotMeasuredAndTheExitCodeIsOne) {
  const auto wrong = [](std::string_view, std::string& value) { value = "no number"; };
  BenchProcess bench({"--goals", "--smoke", "--json", "--only", "1"}, [&](int argc, char** argv) {
    goals::GoalSettings settings;
    settings.no_op = wrong;
    return goals::run_goals_command(argc, argv, settings);
  });
  EXPECT_EQ(bench.wait(), 1);
  const json result = output_of(bench);
  ASSERT_EQ(result["goals"].size(), 1u);
  EXPECT_EQ(result["goals"][0]["standing"], "not measured");
  EXPECT_EQ(result["goals"][0]["note"], "a result of the wrong size");
}

TEST(Goals, PrintATableWithTheStandingOfEachRow) {
  BenchProcess bench({"--goals", "--smoke", "--only", "3"});
  EXPECT_LE(bench.wait(), 1);
  EXPECT_NE(bench.output().find("a futex round trip"), std::string::npos) << bench.output();
  EXPECT_NE(bench.output().find("0 not measured"), std::string::npos) << bench.output();
}

TEST(Goals, RefuseANumberThatIsNoGoal) {
  BenchProcess bench({"--goals", "--only", "99"});
  EXPECT_EQ(bench.wait(), kWrongUsage);
  EXPECT_NE(bench.errors().find("there is no goal 99"), std::string::npos) << bench.errors();
}

}  // namespace
}  // namespace revenant::bench
