#include "reports/src/scenario_file.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <system_error>

#include "reports/src/input_error.h"
#include "reports/src/json_file.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kRunsMax = 1000;
constexpr std::size_t kThresholdsMax = 100;  // of a run

bool is_verdict(const std::string& word) {
  return word == "pass" || word == "fail" || word == "unknown";
}

Threshold threshold_of(const json& entry) {
  Threshold threshold{.text = text_at(entry, "threshold"),
                      .says = text_at(entry, "says"),
                      .held = std::nullopt,
                      .place = text_at(entry, "place")};
  const auto held = entry.find("held");
  if (held != entry.end() && held->is_boolean()) threshold.held = held->get<bool>();
  return threshold;
}

Demands demands_in(const json& run) {
  Demands demands{.verdict = text_at(run, "verdict"), .thresholds = {}};
  if (!is_verdict(demands.verdict)) demands.verdict = "unknown";
  for (const json& entry : list_at(run, "thresholds")) {
    if (entry.is_object() && demands.thresholds.size() < kThresholdsMax) {
      demands.thresholds.push_back(threshold_of(entry));
    }
  }
  return demands;
}

// "FAIL  four workers: …": the verdict stands before it on the page as well.
std::string without_verdict(std::string reason) {
  const std::size_t end = reason.find("  ");
  const bool is_word = end != reason.npos && end > 0 &&
                       std::all_of(reason.begin(), reason.begin() + static_cast<long>(end),
                                   [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_word ? reason.substr(end + 2) : reason;
}

}  // namespace

Scenario read_scenario(const fs::path& folder) {
  const fs::path path = folder / kScenarioFile;
  const json file = read_json_file(path);
  Scenario scenario{.name = fs::path(text_at(file, "scenario")).filename().string(),
                    .verdict = text_at(file, "verdict"),
                    .reason = without_verdict(text_at(file, "reason")),
                    .runs_planned = count_at(file, "runs_planned").value_or(0),
                    .runs = {}};
  if (!is_verdict(scenario.verdict)) {
    throw InputError(path.string(), "\"verdict\" has to be \"pass\", \"fail\" or \"unknown\"");
  }
  for (const json& run : list_at(file, "runs")) {
    if (!run.is_object() || scenario.runs.size() == kRunsMax) continue;
    // The folder may have been moved since: the runs lie in it, whatever the path was.
    const fs::path written = text_at(run, "run_folder");
    scenario.runs.push_back({text_at(run, "name"), folder / written.filename(), demands_in(run)});
  }
  return scenario;
}

std::optional<Demands> demands_of(const fs::path& run_folder) {
  try {
    const fs::path real = fs::canonical(run_folder);
    if (!fs::exists(real.parent_path() / kScenarioFile)) return std::nullopt;
    for (ScenarioRun& run : read_scenario(real.parent_path()).runs) {
      if (run.path.filename() == real.filename()) return std::move(run.demands);
    }
  } catch (const std::exception&) {
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace revenant::reports
