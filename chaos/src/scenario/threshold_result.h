// A threshold after its run: held, broken, or without the data to say.
#pragma once

#include <string>

#include "chaos/src/scenario/figures.h"
#include "chaos/src/scenario/place.h"
#include "chaos/src/scenario/threshold.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// How a ruling stands among the numbers of thresholds, for catalogues and measurements.
[[nodiscard]] double value_of(Ruling ruling) noexcept;

struct ThresholdResult {
  std::string text;
  Place place;  // without a file where it was not written down
  Ruling ruling = Ruling::unknown;
  std::string says;  // "task.p99 is 41.2 ms of 412"
};

// Pure. Without data for one of its figures it is unknown, and so is the demand for a verdict of a
// run that supports none. What is broken without data (a factor of 0, say) stays unknown.
[[nodiscard]] ThresholdResult judge_threshold(const Threshold& threshold, const Place& place,
                                              const FigureCatalogue& catalogue,
                                              const Measurements& measured);

}  // namespace revenant::chaos
