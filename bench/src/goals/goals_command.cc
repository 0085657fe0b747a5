#include "bench/src/goals/goals_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <set>
#include <string_view>

#include "bench/src/context.h"
#include "bench/src/exit_codes.h"
#include "bench/src/goals/apart.h"
#include "bench/src/goals/goals_json.h"
#include "bench/src/goals/goals_table.h"
#include "chaos/src/terminal.h"

namespace revenant::bench::goals {
namespace {

constexpr std::string_view kFlag = "--goals";

struct GoalFlags {
  bool goals = false;
  bool quick = false;
  bool smoke = false;
  bool json = false;
  std::vector<int> only;
};

const char* const kDescription =
    "Measures the goals of the project's speed: each a ratio to a floor, or a count, with the bar "
    "that it\nis to clear. A goal is met if the whole 95 % interval of the median ratio is on the "
    "bar's right side.";

const char* const kFooter =
    "What each goal is and how it is taken: bench/README.md.\n"
    "Exit code: 0 if all that were measured are met, 1 if one is not met, could not be told or "
    "could not be\nmeasured, 3 wrong usage.";

bool is_goal(int number) {
  const auto has = [number](const Goal& goal) {
    return std::find(goal.numbers.begin(), goal.numbers.end(), number) != goal.numbers.end();
  };
  return std::any_of(all_goals().begin(), all_goals().end(), has);
}

std::string known_goals() {
  std::string text;
  for (const Goal& goal : all_goals()) {
    for (const int number : goal.numbers)
      text += (text.empty() ? "" : ", ") + std::to_string(number);
  }
  return text;
}

// The flags, or the exit code with which to end; what is wrong has been said.
std::optional<int> parse(int argc, char** argv, GoalFlags& flags) {
  CLI::App app(kDescription, argv[0]);
  app.footer(kFooter);
  app.set_help_flag("--help,-h", "Print this and exit");
  app.add_flag("--goals", flags.goals, "Measure the goals instead of the benchmarks");
  auto* const quick = app.add_flag("--quick", flags.quick, "Roughly, in some minutes");
  app.add_flag("--smoke", flags.smoke, "That everything runs; the numbers mean nothing")
      ->excludes(quick);
  app.add_option("--only", flags.only, "Numbers of goals, separated by commas: 1,3")
      ->delimiter(',');
  app.add_flag("--json", flags.json, "For machines, on standard output");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : kWrongUsage;
  }
  for (const int number : flags.only) {
    if (is_goal(number)) continue;
    std::cerr << argv[0] << ": --only: there is no goal " << number << "; there are "
              << known_goals() << "\n";
    return kWrongUsage;
  }
  return std::nullopt;
}

bool selected(const Goal& goal, const std::vector<int>& only) {
  if (only.empty()) return true;
  return std::find_first_of(only.begin(), only.end(), goal.numbers.begin(), goal.numbers.end()) !=
         only.end();
}

// What `measure` says; where it fails, a row for each of the goal's numbers that says why.
Rows rows_or_reason(const Goal& goal, const std::function<Rows()>& measure) {
  std::string why;
  try {
    return measure();
  } catch (const std::exception& problem) {
    why = problem.what();
  }
  Rows rows;
  for (const int number : goal.numbers) {
    rows.push_back(missing_row({.goal = number, .what = std::string(goal.title)}, why));
  }
  return rows;
}

Rows rows_of(const Goal& goal, const GoalSettings& settings) {
  const auto here = [&] { return rows_or_reason(goal, [&] { return goal.measure(settings); }); };
  return rows_or_reason(goal, [&] { return measure_apart(here); });
}

}  // namespace

bool asks_for_goals(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc, [](const char* argument) { return argument == kFlag; });
}

int run_goals_command(int argc, char** argv, GoalSettings settings) {
  GoalFlags flags;
  if (const auto code = parse(argc, argv, flags)) return *code;
  settings.effort = flags.smoke ? kSmoke : flags.quick ? kQuick : kFull;
  for (const std::string& reason : reasons_for_doubt()) {
    std::cerr << argv[0] << ": warning: " << reason << "\n";
  }
  GoalsTable table(std::cout, chaos::wants_colour(stdout));
  if (!flags.json) table.head();
  Rows all;
  for (const Goal& goal : all_goals()) {
    if (!selected(goal, flags.only)) continue;
    for (Row& row : rows_of(goal, settings)) {
      const bool wanted = flags.only.empty() || std::find(flags.only.begin(), flags.only.end(),
                                                          row.bar.goal) != flags.only.end();
      if (!wanted) continue;
      if (!flags.json) table.row(row);
      all.push_back(std::move(row));
    }
  }
  if (flags.json) {
    std::cout << goals_json(all, settings.effort) << std::endl;
  } else {
    table.summary(all, settings.effort);
  }
  const auto is_met = [](const Row& row) { return row.standing() == Standing::met; };
  return std::all_of(all.begin(), all.end(), is_met) ? 0 : 1;
}

}  // namespace revenant::bench::goals
