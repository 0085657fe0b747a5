// The cells of a comparison's table, as text and as Markdown alike. Pure.
#pragma once

#include <array>
#include <string>

#include "reports/src/compare/comparison_report.h"

namespace revenant::reports::compare {

inline constexpr std::array<const char*, 7> kHeadings = {"figure",   "A", "B",     "B/A",
                                                         "interval", "p", "answer"};
using Cells = std::array<std::string, kHeadings.size()>;

Cells cells_of(const Row& row, const ComparisonReport& report);

// "held: throughput/* > 0.95: …", a line a figure.
std::vector<std::string> gate_lines(const GateResult& gate);

// The name of a gate's outcome: held, undecided, broken.
const char* outcome_text(GateOutcome outcome);

// What has to be known to read the table.
std::vector<std::string> legend_of(const ComparisonReport& report);

}  // namespace revenant::reports::compare
