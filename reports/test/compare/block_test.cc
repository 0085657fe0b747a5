#include "reports/src/compare/block.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reports/src/compare/looks.h"
#include "reports/src/compare/signed_rank.h"
#include "reports/test/compare/noise.h"

namespace revenant::reports::compare {
namespace {

constexpr double kAlpha = 0.05;
constexpr double kMargin = 0.05;

Side side(double value) {
  Side made;
  made.figures["time"] = {Better::less, Unit::plain, {value}};
  return made;
}

BlockFigure empty_figure() { return {"time", Better::less, Unit::plain, {}, {}, {}}; }

// A block of runs on a machine whose speed wanders; B takes `factor` times as long.
void add_block_of(Noise& noise, double factor, double spread, double& drift,
                  std::vector<BlockFigure>& figures) {
  std::vector<Side> a;
  std::vector<Side> b;
  const bool a_is_first = noise.coin();
  for (int i = 0; i < 4; ++i) {
    drift *= noise.draw(Shape::lognormal, spread / 2);
    const double time = drift * noise.draw(Shape::two_modes, spread);
    const bool is_a = (i == 0 || i == 3) == a_is_first;
    (is_a ? a : b).push_back(side(is_a ? time : time * factor));
  }
  std::vector<LeftOut> left_out;
  add_block({&a[0], &a[1]}, {&b[0], &b[1]}, figures, left_out);
}

// What a series that may stop at each of its looks ends with.
Answer answer_of_series(Noise& noise, double factor, double spread, std::size_t blocks_max) {
  const double alpha = alpha_of_a_look(kAlpha);
  std::vector<BlockFigure> figures{empty_figure()};
  double drift = 1;
  Answer answer = Answer::too_few;
  for (const std::size_t look : plan_looks(signed_rank_differences_needed(alpha), blocks_max)) {
    while (figures[0].log_ratios.size() < look) {
      add_block_of(noise, factor, spread, drift, figures);
    }
    answer = compare_blocks(figures, alpha, kMargin).front().answer;
    if (is_known(answer)) break;
  }
  return answer;
}

TEST(Blocks, DriftThatIsEvenWithinABlockCancels) {
  std::vector<BlockFigure> figures{empty_figure()};
  std::vector<LeftOut> left_out;
  const Side first = side(1);  // each run takes a tenth longer than the one before it
  const Side second = side(1.1);
  const Side third = side(1.21);
  const Side fourth = side(1.331);
  add_block({&first, &fourth}, {&second, &third}, figures, left_out);
  EXPECT_NEAR(figures[0].log_ratios.front(), 0, 1e-12);
}

TEST(Blocks, AFigureThatARunLacksIsLeftOut) {
  std::vector<BlockFigure> figures{empty_figure()};
  std::vector<LeftOut> left_out;
  const Side whole = side(1);
  const Side lacking;
  add_block({&whole, &whole}, {&whole, &lacking}, figures, left_out);
  EXPECT_TRUE(figures.empty());
  ASSERT_EQ(left_out.size(), 1u);
  EXPECT_EQ(left_out[0].why, "is missing or not above 0 in a run of B");
}

TEST(Blocks, TheSameAgainstItselfIsNotCalledDifferentBySeriesThatMayStopAtEachLook) {
  Noise noise(31);
  int different = 0;
  int equal = 0;
  for (int i = 0; i < 200; ++i) {
    const Answer answer = answer_of_series(noise, 1, 0.05, 60);
    different += answer == Answer::faster || answer == Answer::slower ? 1 : 0;
    equal += answer == Answer::equal ? 1 : 0;
  }
  EXPECT_LE(different, 21);  // 5 % are 10; 21 is the 0.999 quantile of that
  EXPECT_GE(equal, 100);
}

TEST(Blocks, ALookAfterEveryBlockWouldBeWrongFarMoreOften) {
  Noise noise(31);
  int different = 0;
  for (int i = 0; i < 200; ++i) {
    std::vector<BlockFigure> figures{empty_figure()};
    double drift = 1;
    bool is_different = false;
    for (int block = 0; block < 60 && !is_different; ++block) {
      add_block_of(noise, 1, 0.05, drift, figures);
      is_different = signed_rank_p(figures[0].log_ratios) <= kAlpha;
    }
    different += is_different ? 1 : 0;
  }
  EXPECT_GT(different, 40);  // the reason why looks are planned
}

TEST(Blocks, TwentyPercentAreFoundAtTheFirstLooks) {
  Noise noise(37);
  int found = 0;
  for (int i = 0; i < 200; ++i) {
    found += answer_of_series(noise, 1.25, 0.05, 20) == Answer::slower ? 1 : 0;
  }
  EXPECT_GE(found, 190);
}

TEST(Blocks, TooFewHaveNoAnswerAndSayHowManyItTakes) {
  std::vector<BlockFigure> figures{empty_figure()};
  Noise noise(1);
  double drift = 1;
  for (int i = 0; i < 5; ++i) add_block_of(noise, 3, 0.05, drift, figures);
  const Row row = compare_blocks(figures, kAlpha, kMargin).front();
  EXPECT_EQ(row.answer, Answer::too_few);
  EXPECT_EQ(row.needed, 6u);
}

TEST(Looks, AreAtMostSixFromTheFirstThatCanShowAnythingToTheLast) {
  EXPECT_EQ(plan_looks(8, 250), (std::vector<std::size_t>{8, 16, 32, 63, 126, 250}));
  EXPECT_EQ(plan_looks(8, 10), (std::vector<std::size_t>{8, 9, 10}));
  EXPECT_EQ(plan_looks(8, 3), (std::vector<std::size_t>{3}));
  EXPECT_EQ(plan_looks(8, 0), (std::vector<std::size_t>{1}));
}

}  // namespace
}  // namespace revenant::reports::compare
