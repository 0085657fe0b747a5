#include "chaos/src/recorded_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string_view>

#include "chaos/src/command_line.h"
#include "chaos/src/reproduce.h"
#include "chaos/src/script.h"
#include "chaos/src/script_text.h"
#include "chaos/src/without_protocol.h"

namespace revenant::chaos {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kPoolWorkers = "--pool-workers";
// What a repetition sets anew; each has a value. The last one where there are fewer.
constexpr auto kReplaced = std::to_array<std::string_view>(
    {"--schedule", "--fault", "--faults-max", "--faults-min", "--at", "--tasks", "--duration",
     "--seed", "--name", "--out", "--shrink", kPoolWorkers});
// And of a run without tasks, whose plan is that of its seed.
constexpr auto kReplacedByTheClock = std::to_array<std::string_view>(
    {"--faults-max", "--faults-min", "--duration", "--seed", "--name", "--out", "--shrink"});
constexpr auto kReplacedFlags = std::to_array<std::string_view>({"--json", "--quiet"});

Json read_json(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::invalid_argument(path + ": cannot be read; name a run folder");
  try {
    return Json::parse(file);
  } catch (const Json::parse_error& error) {
    throw std::invalid_argument(fmt::format(
        "{}: byte {}: not JSON; was the program that wrote it cut short?", path, error.byte));
  }
}

std::string option_name(const std::string& argument) {
  return argument.substr(0, argument.find('='));
}

// The arguments that a repetition keeps.
std::vector<std::string> kept(const std::vector<std::string>& arguments,
                              std::span<const std::string_view> replaced_options) {
  std::vector<std::string> own;
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  for (auto argument = arguments.begin(); argument != dashes; ++argument) {
    const std::string name = option_name(*argument);
    const auto is = [&](std::string_view known) { return name == known; };
    if (std::any_of(replaced_options.begin(), replaced_options.end(), is)) {
      const bool has_value_behind = argument->find('=') == std::string::npos;
      if (has_value_behind && std::next(argument) != dashes) ++argument;
    } else if (std::none_of(kReplacedFlags.begin(), kReplacedFlags.end(), is)) {
      own.push_back(*argument);
    }
  }
  return own;
}

}  // namespace

RecordedRun read_recorded_run(const std::string& folder) {
  RecordedRun run;
  run.folder = folder;
  const Json record = read_json(folder + "/run.json");
  const Json verdict = read_json(folder + "/verdict.json");
  try {
    run.arguments = record.at("command_line").get<std::vector<std::string>>();
    run.verdict = verdict.at("verdict").get<std::string>();
    for (const Json& finding : verdict.at("findings")) {
      run.findings.push_back(finding.at("kind").get<std::string>());
    }
    run.tasks = verdict.at("counts").at("tasks").get<std::uint64_t>();
  } catch (const Json::exception& error) {
    throw std::invalid_argument(folder +
                                ": run.json or verdict.json lacks something: " + error.what());
  }
  if (run.arguments.size() < 2 || run.arguments[1] != "chaos") {
    throw std::invalid_argument(folder + "/run.json: was not made by the command revenant chaos");
  }
  run.arguments.erase(run.arguments.begin(), run.arguments.begin() + 2);
  CommandLine line = parse_command_line(run.arguments);
  run.options = std::move(line.options);
  run.uses_own_pool = line.uses_own_pool;
  run.options.seed = record.at("seed").get<std::uint64_t>();
  run.script = script_of(folder + "/history.jsonl");
  return run;
}

std::string command_of(const RecordedRun& run, const RunOptions& options) {
  const auto workers = std::find(options.command.begin(), options.command.end(), "--workers");
  const bool same_workers = options.command == run.options.command;
  std::span<const std::string_view> replaced = kReplaced;
  if (same_workers) replaced = replaced.first(replaced.size() - 1);
  if (has_no_tasks(options)) replaced = kReplacedByTheClock;
  std::vector<std::string> arguments = kept(run.arguments, replaced);
  if (run.uses_own_pool && !same_workers && workers != options.command.end()) {
    arguments.insert(arguments.end(), {std::string(kPoolWorkers), *std::next(workers)});
  }
  if (has_no_tasks(options)) {
    const std::chrono::duration<double> time = options.duration.value();
    arguments.insert(arguments.end(), {"--duration", fmt::format("{}", time.count()),
                                       "--faults-max", std::to_string(options.faults_max.value())});
  } else {
    arguments.insert(arguments.end(), {"--tasks", std::to_string(options.tasks)});
    if (options.script.empty()) arguments.insert(arguments.end(), {"--faults-max", "0"});
  }
  for (const ScriptedFault& fault : options.script) {
    arguments.insert(arguments.end(), {"--at", to_string(fault)});
  }
  if (!options.command.empty() && !run.uses_own_pool) {
    arguments.emplace_back("--");
    arguments.insert(arguments.end(), options.command.begin(), options.command.end());
  }
  return reproduce_line(arguments, options.seed);
}

}  // namespace revenant::chaos
