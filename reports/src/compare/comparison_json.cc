#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/src/compare/cells.h"
#include "reports/src/compare/comparison_report.h"

namespace revenant::reports::compare {
namespace {

using OrderedJson = nlohmann::ordered_json;

const char* name_of(Answer answer) {
  switch (answer) {
    case Answer::faster:
      return "faster";
    case Answer::slower:
      return "slower";
    case Answer::equal:
      return "equal";
    case Answer::same:
      return "same";
    case Answer::no_difference:
      return "no difference";
    case Answer::too_few:
      break;
  }
  return "too few";
}

OrderedJson json_of(const std::optional<Interval>& interval) {
  if (!interval) return nullptr;
  return OrderedJson::array({interval->low, interval->high});
}

OrderedJson json_of(const Row& row) {
  OrderedJson figure = {{"name", row.name},
                        {"better", row.better == Better::more ? "more" : "less"},
                        {"a", {{"n", row.samples_a}, {"median", row.median_a}}},
                        {"b", {{"n", row.samples_b}, {"median", row.median_b}}},
                        {"ratio", row.ratio},
                        {"interval", json_of(row.interval)},
                        {"answer", name_of(row.answer)}};
  if (row.interval) {
    figure["p"] = row.p;
    figure["p_corrected"] = row.p_corrected;
  }
  if (row.detectable) figure["detectable"] = *row.detectable - 1;
  if (row.answer == Answer::too_few) figure["needed"] = row.needed;
  return figure;
}

OrderedJson json_of(const GateResult& gate) {
  OrderedJson figures = OrderedJson::array();
  for (const GatedFigure& figure : gate.figures) {
    OrderedJson entry = {{"name", figure.name}, {"outcome", outcome_text(figure.outcome)}};
    if (figure.interval) {
      entry["ratio"] = figure.ratio;
      entry["interval"] = json_of(figure.interval);
    } else {
      entry["why"] = figure.why;
    }
    figures.push_back(std::move(entry));
  }
  return {{"gate", gate.gate.text},
          {"outcome", outcome_text(gate.outcome)},
          {"figures", std::move(figures)}};
}

}  // namespace

std::string as_json(const ComparisonReport& report) {
  OrderedJson document = {{"a", report.a},
                          {"b", report.b},
                          {"method", report.method},
                          {"alpha", report.alpha},
                          {"level", report.level},
                          {"seed", report.seed},
                          {"figures", OrderedJson::array()},
                          {"left_out", OrderedJson::array()},
                          {"notes", report.notes},
                          {"gates", OrderedJson::array()},
                          {"conclusion", report.conclusion.sentence},
                          {"exit_code", report.conclusion.exit_code}};
  for (const Row& row : report.rows) document["figures"].push_back(json_of(row));
  for (const LeftOut& left : report.left_out) {
    document["left_out"].push_back({{"name", left.name}, {"why", left.why}});
  }
  for (const GateResult& gate : report.gates) document["gates"].push_back(json_of(gate));
  return document.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace revenant::reports::compare
