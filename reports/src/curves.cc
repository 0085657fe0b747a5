#include "reports/src/curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "reports/src/axis_ticks.h"
#include "reports/src/data_file.h"
#include "reports/src/label_positions.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

// The height of a line of text as a share of the height of a panel (curves.gp).
constexpr double kLabelGap = 0.075;
// Between the place of 0 and that of the least other value, in doublings.
constexpr double kZeroGap = 2;
// The widths of a character and of the blank between two numbers, as shares of a panel's.
constexpr double kCharacter = 0.03;
constexpr double kBlank = 0.03;

// Where values stand on the horizontal axis.
class Places {
 public:
  explicit Places(const CurveChart& chart) {
    for (const CurvePanel& panel : chart.panels) {
      for (const Curve& curve : panel.curves) {
        for (const CurvePoint& point : curve.points) values_.insert(point.x);
      }
    }
  }
  [[nodiscard]] double of(double value) const {
    if (value > 0) return std::log2(value);
    const auto positive = values_.upper_bound(0);
    return (positive == values_.end() ? 0 : std::log2(*positive)) - kZeroGap;
  }
  [[nodiscard]] double first() const { return of(*values_.begin()) - margin(); }
  [[nodiscard]] double last() const { return of(*values_.rbegin()) + margin(); }
  [[nodiscard]] const std::set<double>& values() const { return values_; }

 private:
  [[nodiscard]] double margin() const {
    return std::max(0.3, 0.03 * (of(*values_.rbegin()) - of(*values_.begin())));
  }
  std::set<double> values_;
};

// At the places of measured values, as far as the numbers do not touch; the last one always.
std::string x_ticks(const CurveChart& chart, const Places& places) {
  std::vector<std::pair<double, std::string>> ticks;  // from the right
  const auto width = [&](const std::string& label) {
    return (kCharacter * static_cast<double>(label.size()) + kBlank) *
           (places.last() - places.first());
  };
  for (auto value = places.values().rbegin(); value != places.values().rend(); ++value) {
    const double at = places.of(*value);
    std::string label = chart.x_text(*value);
    if (!ticks.empty()) {
      const auto& [right_at, right] = ticks.back();
      if (right_at - at < (width(label) + width(right)) / 2) continue;
    }
    ticks.emplace_back(at, std::move(label));
  }
  DataFile file("shown_at\tlabel");
  std::ranges::reverse(ticks);
  for (const auto& [at, label] : ticks) file.row({at, std::string_view(label)});
  return file.text();
}

std::vector<double> heights(const CurvePanel& panel) {
  std::vector<double> all;
  for (const Curve& curve : panel.curves) {
    for (const CurvePoint& point : curve.points) {
      for (const double y : {point.y.min, point.y.median, point.y.max}) all.push_back(y);
    }
  }
  return all;
}

void drop_what_is_empty(CurveChart& chart) {
  for (CurvePanel& panel : chart.panels) {
    std::erase_if(panel.curves, [](const Curve& curve) { return curve.points.empty(); });
  }
  std::erase_if(chart.panels, [](const CurvePanel& panel) { return panel.curves.empty(); });
}

// The files of all panels, filled a panel at a time.
struct Files {
  DataFile panels{"panel\tbottom\ttop\tis_logarithmic\ttitle"};
  DataFile ticks{"panel\tat\tlabel"};
  DataFile curves{"block\tpanel\tstyle"};
  DataFile labels{"panel\tstyle\tshown_at\tname\tvalue"};
  DataFile points{"x\tx_shown_at\ty\tleast\tgreatest"};
  double blocks = 0;
};

void add_panel(const CurvePanel& panel, double number, const Places& places, Files& files) {
  const AxisTicks axis = axis_ticks(heights(panel), panel.logarithmic);
  files.panels.row({number, axis.bottom, axis.top, panel.logarithmic ? 1.0 : 0.0,
                    std::string_view(panel.title)});
  for (const double at : axis.at) files.ticks.row({number, at, tick_text(panel.text(at))});
  std::vector<EndLabel> labels;
  for (const Curve& curve : panel.curves) {
    files.curves.row({files.blocks++, number, static_cast<double>(curve.style)});
    for (const CurvePoint& point : curve.points) {
      const Spread& y = point.y;
      files.points.row({point.x, places.of(point.x), y.median, y.min, y.max});
    }
    files.points.next_block();
    labels.push_back({curve.points.back().y.median, curve.name});
  }
  spread_labels(labels, {axis.bottom, axis.top, panel.logarithmic}, kLabelGap);
  for (const EndLabel& label : labels) {
    const auto curve = std::ranges::find(panel.curves, label.text, &Curve::name);
    files.labels.row({number, static_cast<double>(curve->style), label.shown_at,
                      std::string_view(label.text), panel.text(label.value)});
  }
}

std::string summary_of(const CurveChart& chart) {
  std::string text;
  for (const CurvePanel& panel : chart.panels) {
    text += panel.title + ": ";
    for (const Curve& curve : panel.curves) {
      const CurvePoint& first = curve.points.front();
      const CurvePoint& last = curve.points.back();
      text += fmt::format("{} {} at {} and {} at {}; ", curve.name, panel.text(first.y.median),
                          chart.x_text(first.x), panel.text(last.y.median), chart.x_text(last.x));
    }
  }
  return text;
}

}  // namespace

std::optional<Chart> chart_of(CurveChart chart, const std::string& note) {
  drop_what_is_empty(chart);
  if (chart.panels.empty()) return std::nullopt;
  const Places places(chart);
  Files files;
  double number = 0;
  for (const CurvePanel& panel : chart.panels) add_panel(panel, number++, places, files);
  DataFile axis("first\tlast\ttitle");
  axis.row({places.first(), places.last(), std::string_view(chart.x_title)});
  const auto file = [&](const char* what) { return chart.name + what + ".dat"; };
  return Chart{.name = chart.name,
               .title = chart.title,
               .summary = summary_of(chart),
               .caption = chart.caption,
               .note = note,
               .data = {{file("-axis"), axis.text()},
                        {file("-x-ticks"), x_ticks(chart, places)},
                        {file("-panels"), files.panels.text()},
                        {file("-y-ticks"), files.ticks.text()},
                        {file("-curves"), files.curves.text()},
                        {file("-labels"), files.labels.text()},
                        {file(""), files.points.text()}}};
}

std::vector<CurvePoint> points_of(const std::vector<Benchmark>& benchmarks,
                                  const std::string& argument, const std::string& counter) {
  std::vector<CurvePoint> points;
  for (const Benchmark& benchmark : benchmarks) {
    const auto x = benchmark.argument(argument);
    const auto y = benchmark.counter(counter);
    // A latency of zero is what is exported where there was no sample.
    if (x && y && y->median > 0) points.push_back({*x, *y});
  }
  std::ranges::sort(points, {}, &CurvePoint::x);
  return points;
}

std::vector<CurvePoint> level(const std::optional<Spread>& y, double first, double last) {
  if (!y) return {};
  return {{first, *y}, {last, *y}};
}

}  // namespace revenant::reports
