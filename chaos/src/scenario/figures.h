// What a threshold can speak of: the figures of a verb, before a run and after it.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "chaos/src/scenario/quantity.h"

namespace revenant::chaos {

// What is known of a figure before it is measured. A constant ("pass") has min == max.
struct Figure {
  Dimension dimension = {};
  double min = 0;
  double max = std::numeric_limits<double>::infinity();
  bool whole = false;
};

struct FigureCatalogue {
  std::function<std::optional<Figure>(const std::string& name)> find;
  std::vector<std::string> names;  // of those to suggest where one is mistyped
};

struct Measured {
  double value = 0;
  std::string shown;  // "41.2 ms of 412"
};
// Empty where the run gave no data for the figure.
using Measurements = std::function<std::optional<Measured>(const std::string& name)>;

}  // namespace revenant::chaos
