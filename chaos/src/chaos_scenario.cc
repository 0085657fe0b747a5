#include "chaos/src/chaos_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <utility>

#include "chaos/src/child_output.h"
#include "chaos/src/command_line.h"
#include "chaos/src/exit_codes.h"
#include "chaos/src/interrupt_signals.h"
#include "chaos/src/launch.h"
#include "chaos/src/plan.h"
#include "chaos/src/reproduce.h"
#include "chaos/src/run_folder.h"
#include "chaos/src/run_narration.h"
#include "chaos/src/scenario/chaos_figures.h"
#include "chaos/src/scenario/scenario.h"
#include "chaos/src/scenario/set_report.h"
#include "chaos/src/terminal.h"
#include "chaos/src/verdict.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

KeyKind kind_of(const DeclaredOption& option) {
  if (option.value.empty()) return KeyKind::flag;
  if (option.value == "N") return KeyKind::whole;
  if (option.value == "MS") return KeyKind::milliseconds;
  if (option.value == "SECONDS") return KeyKind::seconds;
  if (option.value == "PER_S") return KeyKind::number;
  return KeyKind::text;
}

// Options of which one replaces the other.
std::string group_of(std::string_view option) {
  if (option == "--tasks" || option == "--duration") return "how much";
  if (option == "--outstanding" || option == "--rate") return "how fast";
  if (option == "--schedule" || option == "--at") return "when";
  return "";
}

// Which process is meant is known when the command is given, not when a file is written.
bool is_of_one_process(std::string_view option) {
  return option == "--attach" || option == "--yes";
}

// A run as the command line has it, and where it is from.
struct ReadyRun {
  const PlannedRun* planned;
  std::vector<std::string> arguments;
  CommandLine line;
  std::string name_of_set = {};  // --name, where it was given
};

// The options of `revenant pool` are its own: it is asked, without a task, whether it takes them.
void check_own_pool(const ReadyRun& run, std::set<std::vector<std::string>>& checked) {
  if (!run.line.uses_own_pool || !checked.insert(run.line.options.command).second) return;
  const ChildOutput pool = run_child(run.line.options.command);
  if (pool.exit_code != kWrongUsage) return;
  std::string says = pool.standard_error;
  while (says.ends_with('\n')) says.pop_back();
  for (const Setting& setting : run.planned->settings) {
    const std::string option = setting.arguments.empty() ? "" : setting.arguments.front();
    if (!option.starts_with("--pool-")) continue;
    const std::string as_its_own = "--" + option.substr(std::string_view("--pool-").size());
    if (says.find(as_its_own) != std::string::npos) throw ScenarioError(setting.place, says);
  }
  throw UsageError(says);
}

Place place_of_command(const PlannedRun& planned) {
  for (const Setting& setting : planned.settings) {
    if (setting.key == "command") return setting.place;
  }
  return planned.place;
}

bool is_measured_over_time(const Expression& expression) {
  const FigureCatalogue figures = chaos_figures();
  return std::any_of(expression.begin(), expression.end(), [&](const Step& step) {
    if (step.kind != Step::Kind::figure) return false;
    const auto figure = figures.find(step.name);
    return figure && (figure->dimension == kRate || figure->dimension == kTime);
  });
}

// Twenty thousand short tasks are over in a tenth of a second, in which few faults come by the
// clock and no rate can be told. Where a threshold asks for rates or times and nothing says how
// long the run shall be, it takes the time to measure them, and more tasks than were asked for.
std::vector<std::string> with_time_to_measure(const PlannedRun& planned,
                                              const RunOptions& options) {
  constexpr const char* kSeconds = "5";
  const bool is_wanted =
      std::any_of(planned.demands.begin(), planned.demands.end(), [](const Demand& demand) {
        return is_measured_over_time(demand.threshold.left) ||
               is_measured_over_time(demand.threshold.right);
      });
  const bool by_the_clock =
      options.script.empty() &&
      std::none_of(options.schedules.begin(), options.schedules.end(),
                   [](const Schedule& schedule) { return counts_moments(schedule.kind); });
  std::vector<std::string> arguments = planned.arguments;
  if (!is_wanted || !by_the_clock || options.duration) return arguments;
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  const std::array<std::string, 2> duration = {"--duration", kSeconds};
  arguments.insert(dashes, duration.begin(), duration.end());
  return arguments;
}

ReadyRun make_ready(const PlannedRun& planned) {
  try {
    const RunOptions said = parse_command_line(planned.arguments).options;
    ReadyRun run{.planned = &planned, .arguments = with_time_to_measure(planned, said), .line = {}};
    run.line = parse_command_line(run.arguments);
    if (run.line.options.target_kind == TargetKind::attached) {
      throw UsageError("--attach: not with --scenario, which starts what it kills");
    }
    run.name_of_set = std::exchange(run.line.options.name, planned.name);
    if (run.line.help.empty()) {
      static_cast<void>(find_program(run.line.options.command.front()));
    }
    return run;
  } catch (const TargetUnusable& error) {
    throw ScenarioError(place_of_command(planned), error.what());
  } catch (const UsageError& error) {
    throw ScenarioError(place_of_refusal(planned, error.what()), error.what());
  }
}

std::vector<ReadyRun> make_all_ready(const Scenario& scenario) {
  std::vector<ReadyRun> runs;
  std::set<std::vector<std::string>> checked;
  for (const PlannedRun& planned : scenario.runs) {
    runs.push_back(make_ready(planned));
    if (!runs.back().line.dry_run) check_own_pool(runs.back(), checked);
  }
  return runs;
}

// Each with the command that makes it alone.
void print_runs(const std::vector<ReadyRun>& runs) {
  for (const ReadyRun& run : runs) {
    std::vector<std::string> arguments = run.arguments;
    std::erase(arguments, "--dry-run");
    fmt::print("{}\n  {}\n", run.planned->name, reproduce_line(arguments, run.line.options.seed));
    for (const Demand& demand : run.planned->demands) {
      fmt::print("    {}\n", demand.threshold.text);
    }
  }
}

// A verdict that is not `pass` and was demanded as it is (`verdict == fail`) rests on findings that
// are no fault of the run.
bool was_wanted(const Verdict& verdict, const std::vector<ThresholdResult>& thresholds) {
  return verdict.ruling != Ruling::pass &&
         std::any_of(thresholds.begin(), thresholds.end(), [](const ThresholdResult& each) {
           return each.ruling == Ruling::pass && each.text.find("verdict") != std::string::npos;
         });
}

RunReport report_of(const PlannedRun& planned, const RunResult& result) {
  RunReport report{
      .name = planned.name,
      .folder = result.run_folder,
      .reproduce = result.verdict.reproduce,
      .thresholds = judge_demands(planned, chaos_figures(), measurements_of(result.verdict)),
      .findings = {}};
  if (!was_wanted(result.verdict, report.thresholds)) report.findings = junit_suite(result.verdict);
  return report;
}

bool was_interrupted(const Verdict& verdict) {
  return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                     [](const Finding& finding) { return finding.kind == FindingKind::cut_short; });
}

struct Output {
  bool json = false;
  bool quiet = false;
  bool colour = false;
};

void print_run(const RunResult& result, const RunReport& report, const Output& output) {
  print_circumstances(result);
  if (output.json || (output.quiet && ruling_of(report) == Ruling::pass)) return;
  print_verdict(stdout, result.verdict, {.colour = output.colour});
  fmt::print("{}\n", thresholds_text(report, {.colour = output.colour}));
  std::fflush(stdout);
}

// Runs them all and prints each as it ends.
CommandResult run_all(std::vector<ReadyRun> runs, SetReport& set, const Output& output) {
  const InterruptSignals signals;
  CommandResult command;
  for (ReadyRun& run : runs) {
    std::FILE* const out = output.json ? stderr : stdout;
    fmt::print(out, "run {} of {}: {}\nseed {}\n", set.runs.size() + 1, runs.size(),
               run.planned->name, run.line.options.seed);
    std::fflush(nullptr);
    run.line.options.out = set.folder;
    run.line.options.interrupt_fd = signals.fd();
    run.line.options.progress = !output.quiet && !output.json;
    const RunResult result = revenant::chaos::run(run.line.options);
    command.run_folders.push_back(result.run_folder);
    set.runs.push_back(report_of(*run.planned, result));
    // The run's own junit.xml says of its thresholds too.
    SetReport alone{.verb = set.verb, .scenario = set.scenario, .folder = {}, .runs = {}};
    alone.runs.push_back(set.runs.back());
    const std::string problem =
        write_junit_file(junit_suites(alone), result.run_folder + "/junit.xml");
    if (!problem.empty()) fmt::print(stderr, "revenant chaos: {}\n", problem);
    print_run(result, set.runs.back(), output);
    if (was_interrupted(result.verdict)) break;
  }
  return command;
}

}  // namespace

Vocabulary chaos_vocabulary() {
  Vocabulary vocabulary{.verb = "chaos",
                        .keys = {},
                        .takes_pool_keys = true,
                        .takes_command = true,
                        .figures = chaos_figures()};
  for (const DeclaredOption& option : declared_options()) {
    if (option.group == kOutputGroup || is_of_one_process(option.option)) continue;
    vocabulary.keys.push_back({.name = key_of_option(option.option),
                               .option = option.option,
                               .kind = kind_of(option),
                               .is_list = option.option == "--fault" ||
                                          option.option == "--schedule" || option.option == "--at",
                               .help = option.help,
                               .group = group_of(option.option)});
  }
  return vocabulary;
}

CommandResult run_chaos_scenario(const std::string& file,
                                 const std::vector<std::string>& arguments) {
  const Scenario scenario = read_scenario(file, chaos_vocabulary(), arguments);
  std::vector<ReadyRun> runs = make_all_ready(scenario);
  const CommandLine& first = runs.front().line;
  if (!first.help.empty() || first.dry_run) {
    first.help.empty() ? print_runs(runs)
                       : static_cast<void>(std::fputs(first.help.c_str(), stdout));
    return {};
  }
  if (first.shrink_seconds > 0) {
    throw UsageError("--shrink: not with --scenario; revenant shrink takes the folder of a run");
  }
  const Output output{.json = first.json, .quiet = first.quiet, .colour = wants_colour(stdout)};
  SetReport set{.verb = "chaos", .scenario = file, .folder = {}, .runs = {}};
  const std::string name =
      is_given("--name", arguments) ? runs.front().name_of_set : scenario_name(file);
  set.folder = RunFolder::create(first.options.out, name).path();
  set.runs_planned = runs.size();
  CommandResult command = run_all(std::move(runs), set, output);
  for (const std::string& problem : write_set_files(set)) {
    fmt::print(stderr, "revenant chaos: {}\n", problem);
  }
  command.set_folder = set.folder;
  command.junit = set.folder + "/junit.xml";
  command.exit_code = exit_code_of(ruling_of(set));
  if (output.json) {
    fmt::print("{}", set_json(set));
  } else {
    fmt::print("{}", set_text(set, {.colour = output.colour}));
    command.last_line = last_line(set);
  }
  std::fflush(stdout);
  return command;
}

}  // namespace revenant::chaos
