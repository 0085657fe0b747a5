#include <algorithm>

#include "reports/src/charts.h"
#include "reports/src/curves.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

constexpr double kWorkers = 1;

std::vector<CurvePoint> of_pool(const Figures& figures) {
  std::vector<CurvePoint> points;
  for (const ThroughputSeries& series : figures.throughput) {
    for (const ThroughputPoint& point : series.points) {
      if (point.workers == kWorkers) points.push_back({series.payload, point.per_s});
    }
  }
  return points;
}

std::vector<CurvePoint> of_floor(const Figures& figures, const std::string& name) {
  std::vector<CurvePoint> points;
  for (const ThroughputFloor& floor : figures.throughput_floors) {
    if (floor.name == name) points.push_back({floor.payload, floor.per_s});
  }
  std::ranges::sort(points, {}, &CurvePoint::x);
  return points;
}

std::vector<CurvePoint> in_bytes(std::vector<CurvePoint> points) {
  for (CurvePoint& point : points) {
    for (double* const rate : {&point.y.median, &point.y.min, &point.y.max}) *rate *= point.x;
  }
  return points;
}

}  // namespace

std::optional<Chart> throughput_over_payload_chart(const Figures& figures,
                                                   const std::string& note) {
  const std::vector<CurvePoint> pool = of_pool(figures);
  if (pool.size() < 2) return std::nullopt;
  std::vector<Curve> tasks{
      {"pool", CurveStyle::median, pool},
      {"ring pair, copied", CurveStyle::floor, of_floor(figures, "ring_pair_copy")},
      {"bare ring pair", CurveStyle::theory, of_floor(figures, "ring_pair")},
      {"socket pair", CurveStyle::other_floor, of_floor(figures, "socketpair_stream")}};
  std::vector<Curve> bytes = tasks;
  for (Curve& curve : bytes) curve.points = in_bytes(std::move(curve.points));
  return chart_of(
      {.name = "throughput-payload",
       .title = "Throughput over payload",
       .caption = "One worker. A dot is the median of the repetitions, the bar their least "
                  "and greatest. The floors of the same run: two processes and a bare ring, "
                  "in which the bytes are copied in and out as a pool must, or are not; and "
                  "a pair of sockets.",
       .x_title = "bytes a task",
       .x_text = bytes_text,
       .panels = {{"tasks per second", rate_text, true, std::move(tasks)},
                  {"bytes per second", bytes_rate_text, true, std::move(bytes)}}},
      note);
}

}  // namespace revenant::reports
