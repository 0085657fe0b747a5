#include "reports/src/label_positions.h"

#include <gtest/gtest.h>

#include <cmath>

namespace revenant::reports {
namespace {

TEST(LabelPositions, StayAtTheirLinesWhereThereIsRoom) {
  std::vector<EndLabel> labels = {{80, "high"}, {20, "low"}};
  spread_labels(labels, {0, 100, false}, 0.1);
  EXPECT_DOUBLE_EQ(labels[0].shown_at, 20);
  EXPECT_DOUBLE_EQ(labels[1].shown_at, 80);
}

TEST(LabelPositions, MoveApartByTheGapInTheOrderOfTheirLines) {
  std::vector<EndLabel> labels = {{51, "c"}, {50, "b"}, {49, "a"}, {0, "zero"}};
  spread_labels(labels, {0, 100, false}, 0.1);
  EXPECT_EQ(labels[0].text, "zero");
  EXPECT_NEAR(labels[1].shown_at, 40, 1e-9);
  EXPECT_NEAR(labels[2].shown_at, 50, 1e-9);
  EXPECT_NEAR(labels[3].shown_at, 60, 1e-9);
}

TEST(LabelPositions, StayOnTheAxisAtBothEnds) {
  std::vector<EndLabel> labels = {{0, "a"}, {0, "b"}, {100, "c"}, {100, "d"}};
  spread_labels(labels, {0, 100, false}, 0.1);
  EXPECT_NEAR(labels[0].shown_at, 0, 1e-9);
  EXPECT_NEAR(labels[1].shown_at, 10, 1e-9);
  EXPECT_NEAR(labels[2].shown_at, 90, 1e-9);
  EXPECT_NEAR(labels[3].shown_at, 100, 1e-9);
}

TEST(LabelPositions, MeasureTheGapInDecadesOnALogarithmicAxis) {
  std::vector<EndLabel> labels = {{100, "a"}, {100, "b"}};
  spread_labels(labels, {1, 10'000, true}, 0.25);
  EXPECT_NEAR(std::log10(labels[0].shown_at), 1.5, 1e-9);
  EXPECT_NEAR(std::log10(labels[1].shown_at), 2.5, 1e-9);
}

}  // namespace
}  // namespace revenant::reports
