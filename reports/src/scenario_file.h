// scenario.json, which the runs of a scenario leave beside their folders: what was demanded of
// each, what was measured, and what became of it all. Read as it stands; nothing is judged again.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace revenant::reports {

struct Threshold {
  std::string text;          // "task.p99 < 50ms"
  std::string says;          // "task.p99 is 12 ms of 412"
  std::optional<bool> held;  // nothing: there was not enough to tell
  std::string place;         // "fire.toml:9:34"; empty where nobody wrote it down
};

// Of one run. Its verdict is that of its thresholds, of which the run's own may be one: where
// `verdict == fail` is demanded, a run that fails is a pass.
struct Demands {
  std::string verdict;  // pass, fail or unknown
  std::vector<Threshold> thresholds;
};

struct ScenarioRun {
  std::string name;
  std::filesystem::path path;  // a run folder, or the JSON of benchmarks
  Demands demands;
};

struct Scenario {
  std::string name;     // "fire.toml"
  std::string verdict;  // pass, fail or unknown
  std::string reason;   // the last line of the output, without the verdict before it
  std::uint64_t runs_planned = 0;
  std::vector<ScenarioRun> runs;
};

inline constexpr const char* kScenarioFile = "scenario.json";

// Throws InputError if `folder` has no scenario.json, or one that does not say a verdict.
Scenario read_scenario(const std::filesystem::path& folder);

// What was demanded of the run with this folder, by the scenario.json beside it; nothing if it
// was not made by a scenario. Throws nothing: a run can be shown without.
std::optional<Demands> demands_of(const std::filesystem::path& run_folder);

}  // namespace revenant::reports
