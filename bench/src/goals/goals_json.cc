#include "bench/src/goals/goals_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bench/src/context.h"

namespace revenant::bench::goals {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const Row& row) {
  ordered_json json{{"goal", row.bar.goal},
                    {"what", row.bar.what},
                    {"sense", row.bar.sense == Sense::at_least ? "at_least" : "at_most"},
                    {"bar", row.bar.goal_value},
                    {"stretch", nullptr},
                    {"unit", row.bar.unit},
                    {"median", nullptr},
                    {"low", nullptr},
                    {"high", nullptr},
                    {"standing", to_string(row.standing())},
                    {"note", row.note}};
  if (row.bar.stretch) json["stretch"] = *row.bar.stretch;
  if (row.measured) {
    json["median"] = row.measured->median;
    json["low"] = row.measured->low;
    json["high"] = row.measured->high;
  }
  return json;
}

Row row_of(const nlohmann::json& from) {
  Row row{.bar = {.goal = from.at("goal"),
                  .what = from.at("what"),
                  .sense = from.at("sense") == "at_least" ? Sense::at_least : Sense::at_most,
                  .goal_value = from.at("bar"),
                  .unit = from.at("unit")},
          .note = from.at("note")};
  if (!from.at("stretch").is_null()) row.bar.stretch = from.at("stretch");
  if (!from.at("median").is_null()) {
    row.measured = {.median = from.at("median"), .low = from.at("low"), .high = from.at("high")};
  }
  return row;
}

ordered_json json_of(const Rows& rows) {
  ordered_json list = ordered_json::array();
  for (const Row& row : rows) list.push_back(json_of(row));
  return list;
}

// What a message of the system's holds may be of any encoding.
std::string text_of(const ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

std::string rows_as_text(const Rows& rows) { return text_of(json_of(rows), -1); }

std::optional<Rows> rows_from_text(std::string_view text) {
  const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
  if (!list.is_array()) return std::nullopt;
  Rows rows;
  for (const nlohmann::json& row : list) rows.push_back(row_of(row));
  return rows;
}

std::string goals_json(const Rows& rows, const Effort& effort) {
  ordered_json context = ordered_json::object();
  for (const auto& [key, value] : describe_machine_and_build()) context[key] = value;
  const auto is_met = [](const Row& row) { return row.standing() == Standing::met; };
  const ordered_json report{{"context", context},
                            {"effort", effort.name},
                            {"rounds", effort.rounds},
                            {"kills_a_round", effort.kills_a_round},
                            {"met", std::all_of(rows.begin(), rows.end(), is_met)},
                            {"goals", json_of(rows)}};
  return text_of(report, 2);
}

}  // namespace revenant::bench::goals
