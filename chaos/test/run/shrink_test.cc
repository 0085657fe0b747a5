#include "chaos/src/shrink.h"

#include <gtest/gtest.h>

#include <numeric>

namespace revenant::chaos {
namespace {

std::vector<int> numbers(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

bool has(const std::vector<int>& items, int item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

TEST(Shrink, TwoItemsThatAreNeededTogetherAreAllThatIsLeft) {
  int runs = 0;
  const auto left = shrink_list<int>(numbers(200), [&](const std::vector<int>& candidate) {
    ++runs;
    return has(candidate, 17) && has(candidate, 181);
  });
  EXPECT_EQ(left, (std::vector<int>{17, 181}));
  EXPECT_LT(runs, 150) << "each run costs seconds";
}

TEST(Shrink, OneItemIsFoundByHalving) {
  int runs = 0;
  const auto left = shrink_list<int>(numbers(256), [&](const std::vector<int>& candidate) {
    ++runs;
    return has(candidate, 200);
  });
  EXPECT_EQ(left, std::vector<int>{200});
  EXPECT_LT(runs, 20);
}

TEST(Shrink, WhereEveryItemIsNeededAllStay) {
  const auto left = shrink_list<int>(
      numbers(9), [](const std::vector<int>& candidate) { return candidate.size() == 9; });
  EXPECT_EQ(left, numbers(9));
}

TEST(Shrink, WhenTheTimeIsUpWhatWasFoundStands) {
  int runs = 0;
  const auto left = shrink_list<int>(numbers(64), [&](const std::vector<int>& candidate) {
    return ++runs <= 3 && has(candidate, 5);
  });
  EXPECT_EQ(left.size(), 8U);
  EXPECT_TRUE(has(left, 5));
}

}  // namespace
}  // namespace revenant::chaos
