#include "reports/src/compare/conclusion.h"

#include <fmt/format.h>

#include <algorithm>

namespace revenant::reports::compare {
namespace {

// The first figure that made a gate what it is, and how many more did.
std::string reason_of(const GateResult& gate) {
  std::string first;
  std::size_t others = 0;
  for (const GatedFigure& figure : gate.figures) {
    if (figure.outcome != gate.outcome) continue;
    if (first.empty()) {
      first = place_of(figure);
    } else {
      ++others;
    }
  }
  return others == 0 ? first : first + fmt::format(", and {} more", others);
}

Conclusion of_gates(const std::vector<GateResult>& gates) {
  const auto worst = std::max_element(
      gates.begin(), gates.end(),
      [](const GateResult& a, const GateResult& b) { return a.outcome < b.outcome; });
  if (worst->outcome == GateOutcome::broken) {
    return {fmt::format("gate '{}' is broken: {}", worst->gate.text, reason_of(*worst)), 1};
  }
  if (worst->outcome == GateOutcome::undecided) {
    return {fmt::format("gate '{}' is undecided: {}", worst->gate.text, reason_of(*worst)), 2};
  }
  if (gates.size() > 1) return {fmt::format("all {} gates are held", gates.size()), 0};
  return {fmt::format("gate '{}' is held: {}", worst->gate.text, reason_of(*worst)), 0};
}

}  // namespace

std::string place_of(const GatedFigure& figure) {
  if (!figure.interval) return figure.name + " " + figure.why;
  return fmt::format("{} is at {:.3f} ({:.3f} to {:.3f})", figure.name, figure.ratio,
                     figure.interval->low, figure.interval->high);
}

Conclusion conclude(const std::vector<Row>& rows, const std::vector<GateResult>& gates, Kind kind) {
  if (rows.empty()) return {"nothing was measured: not one block of four runs was finished", 2};
  if (!gates.empty()) return of_gates(gates);
  const auto count = [&](Answer answer) {
    return std::count_if(rows.begin(), rows.end(),
                         [answer](const Row& row) { return row.answer == answer; });
  };
  std::string sentence;
  const auto add = [&](Answer answer, const char* words) {
    const auto figures = count(answer);
    if (figures == 0) return;
    sentence += fmt::format("{}{} {}", sentence.empty() ? "" : ", ", figures, words);
  };
  add(Answer::slower, "slower");
  add(Answer::faster, "faster");
  add(Answer::equal, "equal");
  add(Answer::same, "the same number throughout");
  add(Answer::no_difference, "without a difference that this many runs could show");
  add(Answer::too_few, "with too few runs to show any");
  const auto unknown = count(Answer::no_difference) + count(Answer::too_few);
  const auto all = static_cast<std::ptrdiff_t>(rows.size());
  const bool is_unknown = kind == Kind::series ? unknown > 0 : count(Answer::too_few) == all;
  return {sentence, is_unknown ? 2 : 0};
}

}  // namespace revenant::reports::compare
