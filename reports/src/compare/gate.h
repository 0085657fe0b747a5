// Bounds that a comparison has to keep: `throughput/* > 0.95`. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reports/src/compare/comparison.h"

namespace revenant::reports::compare {

struct Gate {
  std::string text;     // as it was given
  std::string pattern;  // over names of figures
  bool is_lower_bound = true;
  double bound = 1;  // of the performance of B by that of A
};

// `PATTERN > NUMBER`, also with >=, <, <=: an interval has no use for the difference. Throws
// InputError that names the gate and what is wrong with it.
Gate parse_gate(const std::string& text);

enum class GateOutcome : std::uint8_t { held, undecided, broken };

struct GatedFigure {
  std::string name;
  double ratio = 1;
  std::optional<Interval> interval;  // at the level that all gates hold at together
  GateOutcome outcome = GateOutcome::undecided;
  std::string why;  // undecided without an interval
};

struct GateResult {
  Gate gate;
  std::vector<GatedFigure> figures;
  GateOutcome outcome = GateOutcome::held;  // the worst of its figures
};

// The interval of a row's ratio at a level; nothing where the data is too little for that level.
using IntervalAt = std::function<std::optional<Interval>(std::size_t row, double level)>;

// Broken only where the whole interval lies beyond the bound, held only where all of it keeps it.
// The level is 1 - alpha divided by the number of figures that are gated, so that the probability
// that any gate is broken, or held, by accident is at most alpha. A figure that was left out is
// undecided. Throws InputError for a gate that matches nothing.
std::vector<GateResult> judge_gates(const std::vector<Gate>& gates, const std::vector<Row>& rows,
                                    const std::vector<LeftOut>& left_out, double alpha,
                                    const IntervalAt& interval_at);

}  // namespace revenant::reports::compare
