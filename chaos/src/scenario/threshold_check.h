// A threshold before its run: whether it speaks of figures that there are, in units that fit, and
// could both hold and be broken.
#pragma once

#include "chaos/src/scenario/figures.h"
#include "chaos/src/scenario/threshold.h"

namespace revenant::chaos {

// Throws ThresholdError. A bare number may be compared with a rate, whose name says that it is one,
// and with nothing else that has a unit.
//
// Refused is what no run can satisfy (`task.p99 < 0ms`, `lost == 0.5`), and what every run
// satisfies (`lost >= 0`): both say nothing about the run.
void check_threshold(const Threshold& threshold, const FigureCatalogue& catalogue);

}  // namespace revenant::chaos
