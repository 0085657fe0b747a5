#include "bench/src/scenario/bench_scenario.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "bench/src/exit_codes.h"
#include "bench/src/scenario/bench_child.h"
#include "bench/src/scenario/bench_figures.h"
#include "chaos/src/reproduce.h"
#include "chaos/src/run_folder.h"
#include "chaos/src/scenario/scenario.h"
#include "chaos/src/scenario/set_report.h"
#include "chaos/src/terminal.h"
#include "chaos/src/verdict.h"

namespace revenant::bench {
namespace {

constexpr const char* kRunsFolder = "revenant-runs";

std::vector<std::string> all_benchmarks() {
  const BenchChild child = run_bench_child({"--benchmark_list_tests=true"}, true);
  if (child.exit_code != 0) throw std::runtime_error("the benchmarks could not be listed");
  std::vector<std::string> names;
  std::istringstream lines(child.output);
  for (std::string line; std::getline(lines, line);) names.push_back(line);
  return names;
}

// Takes "--out FOLDER" and flags of the set out of the arguments that every run gets.
struct SetOptions {
  std::string out = kRunsFolder;
  bool dry_run = false;
  std::vector<std::string> for_runs = {};
};

SetOptions set_options(const std::vector<std::string>& arguments) {
  constexpr std::string_view kOut = "--out";
  SetOptions options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--dry-run") {
      options.dry_run = true;
    } else if (argument.starts_with(std::string(kOut) + "=")) {
      options.out = argument.substr(kOut.size() + 1);
    } else if (argument == kOut && i + 1 < arguments.size()) {
      options.out = arguments[++i];
    } else {
      options.for_runs.push_back(argument);
    }
  }
  return options;
}

std::string joined(const std::vector<std::string>& words) {
  std::string line = "revenant bench";
  for (const std::string& word : words) line += " " + chaos::shell_quoted(word);
  return line;
}

void print_runs(const chaos::Scenario& scenario) {
  for (const chaos::PlannedRun& run : scenario.runs) {
    std::cout << run.name << "\n  " << joined(run.arguments) << "\n";
    for (const auto& demand : run.demands) std::cout << "    " << demand.threshold.text << "\n";
  }
}

// What the child's exit code says of its benchmarks.
chaos::Ruling ruling_of_exit(int exit_code) {
  if (exit_code == 0) return chaos::Ruling::pass;
  return exit_code == 1 ? chaos::Ruling::fail : chaos::Ruling::unknown;
}

// Wrong usage is found by the first run that has it: the library reads its own flags.
void refuse_if_wrong(const BenchChild& child, const chaos::PlannedRun& run) {
  if (child.exit_code == kWrongUsage) {
    throw chaos::ScenarioError(run.place, "the run \"" + run.name + "\": see above");
  }
}

chaos::RunReport measure(const chaos::PlannedRun& run, const chaos::FigureCatalogue& figures,
                         const std::string& file) {
  std::vector<std::string> arguments = run.arguments;
  arguments.insert(arguments.end(), {"--out", file});
  const BenchChild child = run_bench_child(arguments, false);
  refuse_if_wrong(child, run);
  const chaos::Ruling verdict = ruling_of_exit(child.exit_code);
  const chaos::Measurements measured =
      verdict == chaos::Ruling::unknown
          ? [](const std::string&) { return std::optional<chaos::Measured>(); }
          : read_measurements(file, verdict);
  return {.name = run.name,
          .folder = file,
          .reproduce = joined(run.arguments),
          .thresholds = chaos::judge_demands(run, figures, measured),
          .findings = {}};
}

ScenarioResult complain(const std::exception& error, int exit_code) {
  std::cerr << "revenant bench: " << error.what() << "\n";
  return {.exit_code = exit_code};
}

}  // namespace

chaos::Vocabulary bench_vocabulary(const std::vector<std::string>& benchmarks) {
  using chaos::KeyKind;
  chaos::Vocabulary vocabulary{.verb = "bench", .keys = {}, .figures = bench_figures(benchmarks)};
  vocabulary.keys = {{.name = "filter",
                      .option = "--benchmark_filter=",
                      .kind = KeyKind::text,
                      .help = "a regular expression: the benchmarks that are run"},
                     {.name = "repetitions",
                      .option = "--benchmark_repetitions=",
                      .kind = KeyKind::whole,
                      .help = "of each; thresholds are about their median"},
                     {.name = "min_time",
                      .option = "--benchmark_min_time=",
                      .kind = KeyKind::seconds,
                      .help = "of each repetition of throughput"},
                     {.name = "quick",
                      .option = "--quick",
                      .kind = KeyKind::flag,
                      .help = "everything roughly, in about a minute, without the largest sizes",
                      .group = "effort"},
                     {.name = "smoke",
                      .option = "--smoke",
                      .kind = KeyKind::flag,
                      .help = "that everything runs; the numbers mean nothing",
                      .group = "effort"}};
  return vocabulary;
}

ScenarioResult run_bench_scenario(const std::string& file,
                                  const std::vector<std::string>& arguments) try {
  const SetOptions options = set_options(arguments);
  const chaos::Vocabulary vocabulary = bench_vocabulary(all_benchmarks());
  const chaos::Scenario scenario = chaos::read_scenario(file, vocabulary, options.for_runs);
  if (options.dry_run) {
    print_runs(scenario);
    return {};
  }
  chaos::SetReport set{.verb = "bench", .scenario = file, .folder = {}, .runs = {}};
  set.folder = chaos::RunFolder::create(options.out, chaos::scenario_name(file)).path();
  set.runs_planned = scenario.runs.size();
  const bool colour = chaos::wants_colour(stdout);
  for (const chaos::PlannedRun& run : scenario.runs) {
    std::cout << "run " << set.runs.size() + 1 << " of " << scenario.runs.size() << ": " << run.name
              << "\n";
    const std::string name = std::to_string(set.runs.size() + 1) + "-" + chaos::safe_name(run.name);
    set.runs.push_back(measure(run, vocabulary.figures, set.folder + "/" + name + ".json"));
    std::cout << chaos::thresholds_text(set.runs.back(), {.colour = colour}) << "\n";
  }
  for (const std::string& problem : chaos::write_set_files(set)) {
    std::cerr << "revenant bench: " << problem << "\n";
  }
  std::cout << chaos::set_text(set, {.colour = colour}) << std::flush;
  return {.exit_code = chaos::exit_code_of(chaos::ruling_of(set)),
          .set_folder = set.folder,
          .junit = set.folder + "/junit.xml",
          .last_line = chaos::last_line(set)};
} catch (const chaos::ScenarioError& error) {
  return complain(error, kWrongUsage);
} catch (const std::invalid_argument& error) {
  return complain(error, kWrongUsage);
} catch (const std::exception& error) {
  return complain(error, kHarnessFailed);
}

}  // namespace revenant::bench
