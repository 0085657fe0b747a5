// scenario.json: a scenario's outcome for tools.
#include <nlohmann/json.hpp>

#include "chaos/src/scenario/set_report.h"
#include "chaos/src/utf8.h"

namespace revenant::chaos {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const ThresholdResult& threshold) {
  Json json{{"threshold", threshold.text}, {"says", threshold.says}};
  json["held"] =
      threshold.ruling == Ruling::unknown ? Json() : Json(threshold.ruling == Ruling::pass);
  if (!threshold.place.file.empty()) json["place"] = to_string(threshold.place);
  return json;
}

Json json_of(const RunReport& run) {
  Json thresholds = Json::array();
  for (const auto& each : run.thresholds) thresholds.push_back(json_of(each));
  return {{"name", run.name},
          {"verdict", to_string(ruling_of(run))},
          {"run_folder", run.folder},
          {"reproduce", run.reproduce},
          {"thresholds", thresholds}};
}

}  // namespace

std::string set_json(const SetReport& set) {
  Json runs = Json::array();
  for (const auto& each : set.runs) runs.push_back(json_of(each));
  const Json json{{"verdict", to_string(ruling_of(set))},
                  {"reason", last_line(set)},
                  {"verb", set.verb},
                  {"scenario", set.scenario},
                  {"runs_planned", set.runs_planned},
                  {"runs", runs}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace revenant::chaos
