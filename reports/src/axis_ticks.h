// The range of a vertical axis and where its numbers stand. Pure.
#pragma once

#include <vector>

namespace revenant::reports {

struct AxisTicks {
  double bottom = 0;
  double top = 1;
  std::vector<double> at;  // ascending, within the range
};

// Around all `values`. Logarithmic: those that are not above zero are left out; ticks at powers of
// ten, or at 1, 2 and 5 times them where the range is short. Linear: from zero, in steps of 1, 2 or
// 5 times a power of ten.
AxisTicks axis_ticks(const std::vector<double>& values, bool logarithmic);

}  // namespace revenant::reports
