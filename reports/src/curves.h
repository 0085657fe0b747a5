// A chart of curves: small panels side by side over one horizontal axis, with the floors drawn in.
//
// What is drawn differs from chart to chart; how (curves.gp), and what stands in the table below
// (curves_data), is the same for all. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/src/bench_file.h"
#include "reports/src/chart.h"

namespace revenant::reports {

// How a curve is drawn: colour, dash and mark at once (curves.gp), so that two of them can be told
// apart without colour.
enum class CurveStyle {
  median,       // the figure itself, with a bar from the least to the greatest
  percentile,   // its 99th percentile
  second,       // another figure beside it
  floor,        // what the kernel or the hardware needs
  other_floor,  // a second such
  theory,       // what is computed
};

struct CurvePoint {
  double x = 0;
  Spread y;
};

struct Curve {
  std::string name;  // stands at its end
  CurveStyle style{};
  std::vector<CurvePoint> points;
};

using QuantityText = std::string (*)(double);

struct CurvePanel {
  std::string title;
  QuantityText text = nullptr;  // of a value
  bool logarithmic = true;      // the vertical axis; else it begins at zero
  std::vector<Curve> curves;    // those without points are left out
};

struct CurveChart {
  std::string name;  // of the script in charts/
  std::string title;
  std::string caption;
  std::string x_title;
  QuantityText x_text = nullptr;
  std::vector<CurvePanel> panels;  // those without curves are left out
};

// Nothing if no panel has a point. The horizontal axis is logarithmic; 0 stands left of the others.
std::optional<Chart> chart_of(CurveChart curves, const std::string& note);

// A point for each benchmark that has the argument and the counter, by x.
std::vector<CurvePoint> points_of(const std::vector<Benchmark>& benchmarks,
                                  const std::string& argument, const std::string& counter);

// The same height from `first` to `last`.
std::vector<CurvePoint> level(const std::optional<Spread>& y, double first, double last);

}  // namespace revenant::reports
