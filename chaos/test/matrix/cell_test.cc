// What a cell says, from a verdict.
#include "chaos/src/matrix/cell.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace revenant::chaos {
namespace {

std::string verdict(const std::string& ruling, const std::string& findings, int failed, int open,
                    int faults = 1, int workers_at_end = 2) {
  std::string kinds;
  for (std::size_t at = 0; at < findings.size();) {
    const auto end = std::min(findings.find(' ', at), findings.size());
    kinds += (kinds.empty() ? "" : ",") + (R"({"kind":")" + findings.substr(at, end - at)) + "\"}";
    at = end + 1;
  }
  return R"({"verdict":")" + ruling + R"(","findings":[)" + kinds +
         R"(],"counts":{"tasks":100,"failed":)" + std::to_string(failed) + R"(,"open":)" +
         std::to_string(open) + R"(,"faults_installed":)" + std::to_string(faults) +
         R"(,"workers_at_start":2,"workers_at_end":)" + std::to_string(workers_at_end) +
         R"(},"run_folder":"r","reproduce":"again"})";
}

TEST(Cell, OfARunThatPassedIsClean) {
  const Cell cell = read_cell(verdict("pass", "", 0, 0));
  EXPECT_TRUE(cell.is_clean());
  EXPECT_EQ(cell_text(cell), "clean");
  EXPECT_EQ(cell.blast_radius(), 0);
  EXPECT_EQ(cell.reproduce, "again");
}

TEST(Cell, SaysWhatCameToHarmAndHowMuchOfItForAFault) {
  const Cell cell = read_cell(verdict("fail", "lost failed shrunk", 1, 3, 2, 1));
  EXPECT_EQ(cell_text(cell), "3 lost, 1 failed, 1 of 2 workers left");
  EXPECT_EQ(cell.blast_radius(), 2);
}

TEST(Cell, HoldsNoLossAgainstAPoolWhoseMainProcessWasKilled) {
  const Cell cell = read_cell(verdict("fail", "orphan", 0, 60));
  EXPECT_EQ(cell_text(cell), "orphans");
  EXPECT_EQ(cell.blast_radius(), 0);
}

TEST(Cell, CountsTasksThatAreStuckAsLost) {
  EXPECT_EQ(cell_text(read_cell(verdict("fail", "stalled", 0, 16))), "16 lost, hangs");
}

TEST(Cell, CountsTasksThatEndTheirWorkersAndWereNeverGivenUpAsLost) {
  const Cell cell = read_cell(verdict("fail", "poison zombie", 0, 3));
  EXPECT_EQ(cell_text(cell), "3 lost, zombies");
  EXPECT_EQ(cell.blast_radius(), 3);
}

TEST(Cell, WithNobodyToHitIsNoVerdict) {
  const Cell cell = read_cell(verdict("unknown", "too-few-faults", 0, 0, 0));
  EXPECT_EQ(cell.state, Cell::State::no_victim);
  EXPECT_FALSE(cell.is_clean());
}

TEST(Cell, OfAnUnknownRunIsNotClean) {
  const Cell cell = read_cell(verdict("unknown", "nothing-finished", 0, 0));
  EXPECT_FALSE(cell.is_clean());
  EXPECT_EQ(cell_text(cell), "unknown");
}

TEST(Cell, RefusesWhatIsNoVerdict) {
  for (const char* text : {"", "{}", "[]", R"({"verdict":"pass")", "seed 7"}) {
    EXPECT_THROW(static_cast<void>(read_cell(text)), std::invalid_argument) << text;
  }
}

}  // namespace
}  // namespace revenant::chaos
