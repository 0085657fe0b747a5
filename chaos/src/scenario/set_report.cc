#include "chaos/src/scenario/set_report.h"

#include <algorithm>

#include "chaos/src/write_whole.h"

namespace revenant::chaos {
namespace {

// A dot would read as a package to those who show class names as a tree.
std::string class_of(const SetReport& set, const RunReport& run) {
  std::string name = run.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return scenario_name(set.scenario) + "." + name;
}

JunitCase case_of(const ThresholdResult& threshold, const RunReport& run) {
  JunitCase made{.classname = {},
                 .name = threshold.text,
                 .outcome = {},
                 .type = {},
                 .message = {},
                 .body = {},
                 .output = threshold.says};
  if (threshold.ruling == Ruling::pass) return made;
  made.outcome = threshold.ruling == Ruling::fail ? "failure" : "error";
  made.type = "threshold";
  made.message = threshold.says;
  made.body = threshold.text + "\n" + threshold.says + "\n";
  if (!threshold.place.file.empty()) made.body += "At: " + to_string(threshold.place) + "\n";
  if (!run.reproduce.empty()) made.body += "Again: " + run.reproduce + "\n";
  if (!run.folder.empty()) made.body += "Run: " + run.folder + "\n";
  return made;
}

}  // namespace

std::vector<ThresholdResult> judge_demands(const PlannedRun& run, const FigureCatalogue& catalogue,
                                           const Measurements& measured) {
  std::vector<ThresholdResult> results;
  for (const Demand& demand : run.demands) {
    results.push_back(judge_threshold(demand.threshold, demand.place, catalogue, measured));
  }
  return results;
}

Ruling ruling_of(const RunReport& run) {
  Ruling worst = run.thresholds.empty() ? Ruling::unknown : Ruling::pass;
  for (const ThresholdResult& each : run.thresholds) worst = std::max(worst, each.ruling);
  return worst;
}

Ruling ruling_of(const SetReport& set) {
  Ruling worst =
      set.runs.empty() || set.runs.size() < set.runs_planned ? Ruling::unknown : Ruling::pass;
  for (const RunReport& run : set.runs) worst = std::max(worst, ruling_of(run));
  return worst;
}

std::vector<JunitSuite> junit_suites(const SetReport& set) {
  std::vector<JunitSuite> suites;
  for (const RunReport& run : set.runs) {
    JunitSuite suite = run.findings;
    suite.name = run.name;
    if (suite.properties.empty() && !run.reproduce.empty()) {
      suite.properties = {{"reproduce", run.reproduce}};
    }
    for (const ThresholdResult& each : run.thresholds) suite.cases.push_back(case_of(each, run));
    for (JunitCase& each : suite.cases) each.classname = class_of(set, run);
    suites.push_back(std::move(suite));
  }
  return suites;
}

std::vector<std::string> write_set_files(const SetReport& set) {
  std::vector<std::string> problems = {
      write_whole(set.folder + "/scenario.json", set_json(set)),
      write_junit_file(junit_suites(set), set.folder + "/junit.xml")};
  std::erase(problems, "");
  return problems;
}

}  // namespace revenant::chaos
