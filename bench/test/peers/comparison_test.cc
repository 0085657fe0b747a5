#include "bench/src/peers/comparison.h"

#include <gtest/gtest.h>

#include "bench/src/peers/arms.h"
#include "bench/src/peers/peers_table.h"

namespace revenant::bench::peers {
namespace {

Cell cell(std::string_view arm, std::vector<double> samples, std::string error = "") {
  return {.arm = std::string(arm),
          .work = Work::noop,
          .workers = 2,
          .tasks_per_second = std::move(samples),
          .error = std::move(error)};
}

TEST(Comparison, IsTheMedianOfTheRatiosOfEachRound) {
  // The second round was slow for both: as a ratio it is like the others.
  const auto found = compare({cell(kOwnArm, {1000, 10, 4000}), cell("node_fork", {100, 1, 1000})});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_DOUBLE_EQ(found[1].ratio.median, 10);
  EXPECT_DOUBLE_EQ(found[1].ratio.low, 4);
  EXPECT_DOUBLE_EQ(found[1].ratio.high, 10);
  EXPECT_DOUBLE_EQ(found[1].tasks_per_second.median, 100);
  EXPECT_EQ(found[0].ratio.median, 1);
}

TEST(Comparison, HoldsBatchesAgainstTheBatchCall) {
  const auto found =
      compare({cell(kOwnArm, {5}), cell(kOwnBatchArm, {800}), cell("multiprocessing_1000", {200})});
  EXPECT_EQ(found[2].own_arm, kOwnBatchArm);
  EXPECT_DOUBLE_EQ(found[2].ratio.median, 4);
}

TEST(Comparison, IsOnlyMadeOfTheSameWorkAndAsManyWorkers) {
  Cell other = cell(kOwnArm, {1000});
  other.workers = 4;
  const auto found = compare({other, cell("xargs", {10})});
  EXPECT_EQ(found[1].error, "there is no figure of revenant to hold it against");
  EXPECT_EQ(found[1].ratio.median, 0);
}

TEST(Comparison, OfACellThatWasGivenUpIsItsError) {
  const auto found = compare({cell(kOwnArm, {10, 10}), cell("xargs", {3}, "it fell over")});
  EXPECT_EQ(found[1].error, "it fell over");
  EXPECT_EQ(found[1].ratio.median, 0);
}

TEST(PeersTable, SaysWhatIsMissingAndWhatTheBracketsAre) {
  Results results;
  results.cells = {cell(kOwnArm, {2e6, 2e6}), cell("node_fork", {50e3, 40e3}),
                   cell("xargs", {}, "it fell over")};
  results.absent = {{"jest_worker", "not installed"}};
  const std::string text = table(results, compare(results.cells));
  EXPECT_NE(text.find("[least, greatest of 2]"), text.npos) << text;
  EXPECT_NE(text.find("45 k    45 x [40, 50]"), text.npos) << text;
  EXPECT_NE(text.find("left out: jest-worker: not installed"), text.npos) << text;
  EXPECT_NE(text.find("error: xargs -P, noop, 2 workers: it fell over"), text.npos) << text;
}

TEST(Arms, HaveNamesOfTheirOwnAndAnOpponentOfThisPool) {
  for (const Arm& arm : all_arms()) {
    EXPECT_EQ(find_arm(arm.name), &arm) << arm.name;
    EXPECT_TRUE(find_arm(own_arm_for(arm))->program.empty()) << arm.name;
  }
}

}  // namespace
}  // namespace revenant::bench::peers
