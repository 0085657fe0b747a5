// Where labels at the end of lines stand so that they do not cover each other. Pure.
#pragma once

#include <string>
#include <vector>

namespace revenant::reports {

struct EndLabel {
  double value = 0;  // of the line where it ends: where the label would best stand
  std::string text;
  double shown_at = 0;  // where it stands
};

// An axis from `min` to `max`, linear or logarithmic.
struct LabelAxis {
  double min = 0;
  double max = 1;
  bool logarithmic = false;
};

// Sets `shown_at` so that neighbours are at least `gap` (a share of the axis) apart, in the order
// of their values, each as near to its line as that allows, and all on the axis as far as they fit.
void spread_labels(std::vector<EndLabel>& labels, const LabelAxis& axis, double gap);

}  // namespace revenant::reports
