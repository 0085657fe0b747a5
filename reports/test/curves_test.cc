#include "reports/src/curves.h"

#include <gtest/gtest.h>

#include "reports/src/axis_ticks.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

Spread spread(double value) { return {value, value, value, 1}; }

CurveChart chart_with(std::vector<CurvePoint> points) {
  return {.name = "a-chart",
          .title = "A chart",
          .caption = {},
          .x_title = "workers",
          .x_text = number_text,
          .panels = {{"empty", time_text, true, {{"nothing", CurveStyle::floor, {}}}},
                     {"full", time_text, true, {{"median", CurveStyle::median, points}}}}};
}

std::string data_of(const Chart& chart, const std::string& file) {
  for (const ChartData& data : chart.data) {
    if (data.file == file) return data.text;
  }
  return "there is no " + file;
}

TEST(Curves, LeaveOutPanelsAndCurvesWithoutAPoint) {
  const auto chart = chart_of(chart_with({{1, spread(5)}, {2, spread(7)}}), "");
  ASSERT_TRUE(chart);
  EXPECT_EQ(data_of(*chart, "a-chart-panels.dat"),
            "# panel\tbottom\ttop\tis_logarithmic\ttitle\n0\t5\t10\t1\tfull\n");
  EXPECT_EQ(data_of(*chart, "a-chart-curves.dat"), "# block\tpanel\tstyle\n0\t0\t0\n");
  EXPECT_FALSE(chart_of(chart_with({}), ""));
}

TEST(Curves, PutZeroLeftOfTheLeastOtherPlaceOfALogarithmicAxis) {
  const auto chart = chart_of(chart_with({{0, spread(5)}, {16, spread(5)}, {64, spread(5)}}), "");
  EXPECT_EQ(data_of(*chart, "a-chart-x-ticks.dat"), "# shown_at\tlabel\n2\t0\n4\t16\n6\t64\n");
}

TEST(Curves, LeaveOutNumbersOfTheAxisThatWouldTouchButNeverTheLast) {
  const auto chart =
      chart_of(chart_with({{1, spread(5)}, {1000, spread(5)}, {1024, spread(5)}}), "");
  EXPECT_EQ(data_of(*chart, "a-chart-x-ticks.dat"), "# shown_at\tlabel\n0\t1\n10\t1024\n");
}

TEST(Curves, TakePointsFromTheBenchmarksThatHaveBothNumbers) {
  const auto benchmark = [](double workers, double rate) {
    Benchmark made;
    made.arguments = {{"workers", workers}};
    made.counters["rate"] = spread(rate);
    return made;
  };
  Benchmark without_counter;
  without_counter.arguments = {{"workers", 3}};
  // A zero is what is exported where nothing was measured.
  const auto points = points_of(
      {benchmark(8, 2), benchmark(1, 1), without_counter, benchmark(4, 0)}, "workers", "rate");
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points[0].x, 1);
  EXPECT_EQ(points[1].x, 8);
}

TEST(AxisTicks, StandAtPowersOfTenAndBetweenThemWhereThereAreFew) {
  EXPECT_EQ(axis_ticks({100, 90'000}, true).at, (std::vector<double>{100, 1000, 10'000, 100'000}));
  EXPECT_EQ(axis_ticks({120, 900}, true).at, (std::vector<double>{100, 200, 500, 1000}));
}

TEST(AxisTicks, BeginAtZeroOnALinearAxis) {
  const AxisTicks axis = axis_ticks({3, 100}, false);
  EXPECT_EQ(axis.bottom, 0);
  EXPECT_GE(axis.top, 100);
  EXPECT_EQ(axis.at, (std::vector<double>{0, 20, 40, 60, 80, 100}));
  EXPECT_FALSE(axis_ticks({}, false).at.empty());
}

TEST(NumberText, OfATickHasNoZerosThatSayNothing) {
  EXPECT_EQ(tick_text("10.0 ms"), "10 ms");
  EXPECT_EQ(tick_text("1.50 k/s"), "1.5 k/s");
  EXPECT_EQ(tick_text("100 k/s"), "100 k/s");
  EXPECT_EQ(tick_text("0.80"), "0.8");
  EXPECT_EQ(tick_text("0"), "0");
}

}  // namespace
}  // namespace revenant::reports
