#include "reports/src/compare/cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/src/number_text.h"

namespace revenant::reports::compare {
namespace {

std::string value_text(double value, Unit unit) {
  switch (unit) {
    case Unit::microseconds:
      return value < 0.1 ? fmt::format("{:.3g} ns", 1000 * value) : time_text(value);
    case Unit::per_second:
      return rate_text(value);
    case Unit::bytes_per_second:
      return bytes_rate_text(value);
    case Unit::plain:
      break;
  }
  return fmt::format("{:.4g}", value);
}

// 5 %, 4.2 %, 340 %
std::string part_text(double part) {
  return part < 0.995 ? fmt::format("{:.2g} %", 100 * part) : fmt::format("{:.0f} %", 100 * part);
}

std::string answer_text(const Row& row, const ComparisonReport& report) {
  switch (row.answer) {
    case Answer::faster:
      return "faster";
    case Answer::slower:
      return "slower";
    case Answer::equal:
      return "equal within " + part_text(report.margin);
    case Answer::same:
      return "the same";
    case Answer::no_difference:
      return "none shown; " + part_text(*row.detectable - 1) + " would be";
    case Answer::too_few:
      return fmt::format("too few: {} {}s{} are needed", row.needed, report.sample,
                         report.sample == "block" ? "" : " a side");
  }
  return {};
}

}  // namespace

Cells cells_of(const Row& row, const ComparisonReport& report) {
  Cells cells;
  cells[0] = row.name;
  cells[1] = value_text(row.median_a, row.unit);
  cells[2] = value_text(row.median_b, row.unit);
  cells[3] = fmt::format("{:.3f}", row.ratio);
  if (row.interval) {
    cells[4] = fmt::format("{:.3f} to {:.3f}", row.interval->low, row.interval->high);
    cells[5] = row.p_corrected < 0.0001 ? "<.0001" : fmt::format("{:.4f}", row.p_corrected);
  }
  cells[6] = answer_text(row, report);
  return cells;
}

const char* outcome_text(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::held:
      return "held";
    case GateOutcome::undecided:
      return "undecided";
    case GateOutcome::broken:
      break;
  }
  return "broken";
}

std::vector<std::string> gate_lines(const GateResult& gate) {
  std::vector<std::string> lines;
  for (const GatedFigure& figure : gate.figures) {
    const std::string where = figure.interval
                                  ? fmt::format("{:.3f} ({:.3f} to {:.3f})", figure.ratio,
                                                figure.interval->low, figure.interval->high)
                                  : figure.why;
    lines.push_back(fmt::format("{:<10}{}   {}", outcome_text(figure.outcome), figure.name, where));
  }
  return lines;
}

std::vector<std::string> legend_of(const ComparisonReport& report) {
  std::vector<std::string> legend;
  legend.push_back(fmt::format(
      "B/A is the performance of B by that of A: above 1 is better, for times as for rates. Each "
      "interval holds with {:.4g} %; p is corrected for {} figure{}.",
      100 * report.level, report.rows.size(), report.rows.size() == 1 ? "" : "s"));
  const auto has = [&](Answer answer) {
    return std::any_of(report.rows.begin(), report.rows.end(),
                       [answer](const Row& row) { return row.answer == answer; });
  };
  if (has(Answer::no_difference)) {
    legend.emplace_back(
        "\"None shown; 5 % would be\": no difference that this many runs could show; one of 5 % "
        "would "
        "have been found in four of five such comparisons.");
  }
  return legend;
}

}  // namespace revenant::reports::compare
