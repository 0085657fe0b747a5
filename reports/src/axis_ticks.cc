#include "reports/src/axis_ticks.h"

#include <algorithm>
#include <cmath>

#include "reports/src/axis_range.h"

namespace revenant::reports {
namespace {

constexpr double kSlack = 1e-9;  // a hair, so that a tick at the end of the axis is on it

AxisTicks logarithmic_ticks(const std::vector<double>& values) {
  AxisRange range;
  for (const double value : values) range.include(value);
  AxisTicks axis{.bottom = range.low(), .top = range.high(), .at = {}};
  const double decades = std::log10(axis.top / axis.bottom);
  const double step = std::max(1.0, std::ceil(decades / 6));
  for (double e = std::floor(std::log10(axis.bottom) + kSlack);
       std::pow(10, e) <= axis.top * (1 + kSlack); e += step) {
    for (const double lead : {1.0, 2.0, 5.0}) {
      if (lead > 1 && decades > 2.1) continue;
      const double at = lead * std::pow(10, e);
      if (at >= axis.bottom * (1 - kSlack) && at <= axis.top * (1 + kSlack)) axis.at.push_back(at);
    }
  }
  return axis;
}

AxisTicks linear_ticks(const std::vector<double>& values) {
  const double greatest = values.empty() ? 0 : *std::ranges::max_element(values);
  AxisTicks axis{.bottom = 0, .top = greatest > 0 ? greatest * 1.08 : 1, .at = {}};
  const double raw = axis.top / 5;
  const double ten = std::pow(10, std::floor(std::log10(raw)));
  const double lead = raw / ten;
  const double step = ten * (lead < 1.4 ? 1 : lead < 2.9 ? 2 : lead < 7 ? 5 : 10);
  for (int i = 0; i * step <= axis.top; ++i) axis.at.push_back(i * step);
  return axis;
}

}  // namespace

AxisTicks axis_ticks(const std::vector<double>& values, bool logarithmic) {
  return logarithmic ? logarithmic_ticks(values) : linear_ticks(values);
}

}  // namespace revenant::reports
