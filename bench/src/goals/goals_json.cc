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

}  // namespace

std::string goals_json(const Rows& rows, const Effort& effort) {
  ordered_json context = ordered_json::object();
  for (const auto& [key, value] : describe_machine_and_build()) context[key] = value;
  ordered_json goals = ordered_json::array();
  for (const Row& row : rows) goals.push_back(json_of(row));
  const auto is_met = [](const Row& row) { return row.standing() == Standing::met; };
  const ordered_json json{{"context", context},
                          {"effort", effort.name},
                          {"rounds", effort.rounds},
                          {"kills_a_round", effort.kills_a_round},
                          {"met", std::all_of(rows.begin(), rows.end(), is_met)},
                          {"goals", goals}};
  // What a message of the system's holds may be of any encoding.
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace revenant::bench::goals
