#include "reports/src/compare/gate.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "reports/src/compare/glob.h"
#include "reports/src/input_error.h"

namespace revenant::reports::compare {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \t");
  return from == text.npos ? "" : text.substr(from, text.find_last_not_of(" \t") + 1 - from);
}

[[noreturn]] void refuse(const std::string& gate, const std::string& why) {
  throw InputError("--gate '" + gate + "'", why + "; a gate is like 'throughput/* > 0.95'");
}

GateOutcome outcome_of(const Gate& gate, const Interval& interval) {
  const bool is_above = interval.low >= gate.bound;
  const bool is_below = interval.high <= gate.bound;
  if (is_above && is_below) return GateOutcome::held;  // it is the bound, exactly
  if (is_above) return gate.is_lower_bound ? GateOutcome::held : GateOutcome::broken;
  if (is_below) return gate.is_lower_bound ? GateOutcome::broken : GateOutcome::held;
  return GateOutcome::undecided;
}

}  // namespace

Gate parse_gate(const std::string& text) {
  const std::size_t sign = text.find_first_of("<>");
  if (sign == text.npos) refuse(text, "has no < or >");
  Gate gate;
  gate.text = text;
  gate.pattern = trimmed(text.substr(0, sign));
  gate.is_lower_bound = text[sign] == '>';
  const bool has_equals = sign + 1 < text.size() && text[sign + 1] == '=';
  const std::size_t from = sign + (has_equals ? 2 : 1);
  const std::string number = trimmed(text.substr(from));
  const std::string place = "column " + std::to_string(from + 1) + ": ";
  char* end = nullptr;
  gate.bound = std::strtod(number.c_str(), &end);
  if (gate.pattern.empty())
    refuse(text, "names no figure before column " + std::to_string(sign + 1));
  if (number.empty() || *end != '\0' || !std::isfinite(gate.bound)) {
    refuse(text, place + "\"" + number + "\" is no number");
  }
  if (gate.bound <= 0) refuse(text, place + "a ratio of performances is above 0");
  return gate;
}

std::vector<GateResult> judge_gates(const std::vector<Gate>& gates, const std::vector<Row>& rows,
                                    const std::vector<LeftOut>& left_out, double alpha,
                                    const IntervalAt& interval_at) {
  std::size_t gated = 0;
  for (const Gate& gate : gates) {
    const auto matches = [&](const auto& entry) { return glob_matches(gate.pattern, entry.name); };
    const auto rows_of_it = std::count_if(rows.begin(), rows.end(), matches);
    if (rows_of_it == 0 && std::none_of(left_out.begin(), left_out.end(), matches)) {
      refuse(gate.text, "matches none of the figures that were compared");
    }
    gated += static_cast<std::size_t>(rows_of_it);
  }
  const double level = 1 - alpha / static_cast<double>(std::max<std::size_t>(1, gated));
  std::vector<GateResult> results;
  for (const Gate& gate : gates) {
    GateResult result{gate, {}, GateOutcome::held};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!glob_matches(gate.pattern, rows[i].name)) continue;
      GatedFigure figure;
      figure.name = rows[i].name;
      figure.ratio = rows[i].ratio;
      figure.interval = interval_at(i, level);
      if (figure.interval) {
        figure.outcome = outcome_of(gate, *figure.interval);
      } else {
        figure.why = "has too few samples";
      }
      result.figures.push_back(std::move(figure));
    }
    for (const LeftOut& left : left_out) {
      if (!glob_matches(gate.pattern, left.name)) continue;
      result.figures.push_back({left.name, 1, std::nullopt, GateOutcome::undecided, left.why});
    }
    for (const GatedFigure& figure : result.figures) {
      result.outcome = std::max(result.outcome, figure.outcome);
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace revenant::reports::compare
