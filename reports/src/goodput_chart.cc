#include <algorithm>

#include "reports/src/charts.h"
#include "reports/src/curves.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

constexpr const char* kRate = "kills_per_second";

// What was measured as a share of what theory gives, at each rate of kills.
std::vector<CurvePoint> shares(const std::vector<CurvePoint>& measured,
                               const std::vector<CurvePoint>& theory) {
  std::vector<CurvePoint> points;
  for (const CurvePoint& point : measured) {
    const auto at = std::ranges::find(theory, point.x, &CurvePoint::x);
    if (at == theory.end()) continue;
    const double expected = at->y.median;
    points.push_back({point.x,
                      {point.y.median / expected, point.y.min / expected, point.y.max / expected,
                       point.y.repetitions}});
  }
  return points;
}

}  // namespace

std::optional<Chart> goodput_chart(const Figures& figures, const std::string& note) {
  const auto measured = points_of(figures.goodput, kRate, "items_per_second");
  const auto theory = points_of(figures.goodput, kRate, "theory_per_second");
  if (measured.size() < 2) return std::nullopt;
  const auto share = shares(measured, theory);
  const double first = measured.front().x;
  const double last = measured.back().x;
  return chart_of(
      {.name = "goodput",
       .title = "Goodput under kills",
       .caption =
           "Tasks of 1 ms of processor time, completed per second on four workers while busy "
           "ones are killed at random instants. A dot is the median of the repetitions, the "
           "bar their least and greatest. Dashed: what theory gives for this machine, from "
           "the time of a task and the cost of a kill in the same run.",
       .x_title = "kills per second",
       .x_text = number_text,
       .panels = {{"tasks per second",
                   rate_text,
                   false,
                   {{"pool", CurveStyle::median, measured},
                    {"theory", CurveStyle::theory, theory}}},
                  {"share of theory",
                   ratio_text,
                   false,
                   {{"pool", CurveStyle::median, share},
                    {"theory", CurveStyle::theory,
                     share.empty() ? std::vector<CurvePoint>{}
                                   : level(Spread{1, 1, 1, 1}, first, last)}}}}},
      note);
}

}  // namespace revenant::reports
