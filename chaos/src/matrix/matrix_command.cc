#include "chaos/src/matrix/matrix_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "chaos/src/exit_codes.h"
#include "chaos/src/matrix/golden.h"
#include "chaos/src/matrix/matrix.h"
#include "chaos/src/matrix/table.h"
#include "chaos/src/terminal.h"

namespace revenant::chaos {
namespace {

constexpr int kDiffers = 1;

constexpr const char* kDescription =
    "Runs pools, each under one fault at a time, and prints who loses what. The pools are this\n"
    "project's own and those that have an adapter: a program that makes them a target.";

constexpr const char* kFooter =
    R"(A cell is a run of `revenant chaos`; --format json names its folder and the command that repeats it.
A pool whose program is not installed is left out, with its reason: chaos/adapters/install gets them.
A folder with an executable pool.js, pool.py or pool.sh below --adapters is a row of its own.

Examples:
  revenant matrix
  revenant matrix jest-worker workerpool --fault busy,idle
  revenant matrix --format html > matrix.html

Exit codes: 0 the table was made, 1 with --check a cell is not as verdicts.json has it, 3 wrong usage,
4 a run could not be made.)";

// As adapters may start it, from wherever they are.
std::string own_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

// Those that were installed with this program; where it runs from its build, those of the source.
std::string default_adapters() {
  const auto prefix = std::filesystem::path(own_path()).parent_path().parent_path();
  const std::string installed = prefix / "share" / "revenant" / "adapters";
  return std::filesystem::is_directory(installed) ? installed : REVENANT_ADAPTERS;
}

struct Arguments {
  std::vector<std::string> names;
  std::vector<std::string> faults;
  std::string format = "text";
  std::string adapters = default_adapters();
  std::string out = "revenant-runs/matrix";
  std::uint64_t seed = 1;
  std::size_t jobs = 2;
  bool check = false;
  bool quiet = false;
};

void add_options(CLI::App& app, Arguments& arguments) {
  std::vector<std::string> faults;
  for (const auto& experiment : experiments()) faults.emplace_back(experiment.name);
  app.add_option("ADAPTER", arguments.names, "Rows: revenant, or a folder of adapters [all]")
      ->type_name("");
  app.add_option("--fault", arguments.faults, "Columns [all]")
      ->delimiter(',')
      ->check(CLI::IsMember(faults));
  app.add_option("--format", arguments.format, "Of what is printed")
      ->check(CLI::IsMember({"text", "markdown", "html", "json"}))
      ->capture_default_str();
  app.add_option("--seed", arguments.seed, "Of every run")->type_name("N")->capture_default_str();
  app.add_option("--jobs", arguments.jobs, "Runs at the same time")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{64}).description(""))
      ->capture_default_str();
  app.add_option("--out", arguments.out, "The folder of run folders")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--adapters", arguments.adapters, "The folder of adapters [revenant's own]")
      ->type_name("DIR");
  app.add_flag("--check", arguments.check, "Compare with verdicts.json in each adapter's folder");
  app.add_flag("--quiet", arguments.quiet, "No progress");
}

MatrixPlan make_plan(const Arguments& arguments) {
  MatrixPlan plan;
  plan.own = own_path();
  ::setenv("REVENANT", plan.own.c_str(), 1);
  plan.adapters = find_adapters(arguments.adapters, plan.own, arguments.names);
  for (const auto& experiment : experiments()) {
    const bool wanted =
        arguments.faults.empty() || std::ranges::count(arguments.faults, experiment.name) > 0;
    if (wanted) plan.experiments.push_back(experiment);
  }
  plan.out = arguments.out;
  plan.seed = arguments.seed;
  plan.jobs = arguments.jobs;
  return plan;
}

std::string table_in(const std::string& format, const Matrix& matrix) {
  if (format == "markdown") return markdown_table(matrix);
  if (format == "html") return html_table(matrix);
  if (format == "json") return json_table(matrix);
  return terminal_table(matrix, {.colour = wants_colour(stdout)});
}

int execute(const Arguments& arguments) {
  const Matrix matrix = run_matrix(make_plan(arguments), [&](const std::string& line) {
    if (!arguments.quiet) std::fprintf(stderr, "revenant matrix: %s\n", line.c_str());
  });
  std::fputs(table_in(arguments.format, matrix).c_str(), stdout);
  if (!arguments.check) return 0;
  const auto found = differences(matrix);
  for (const auto& line : found) std::fprintf(stderr, "revenant matrix: %s\n", line.c_str());
  return found.empty() ? 0 : kDiffers;
}

int refuse(const char* why) {
  std::fprintf(stderr, "revenant matrix: %s\nSee `revenant matrix --help`.\n", why);
  return kWrongUsage;
}

}  // namespace

int run_matrix_command(int argc, char** argv) {
  CLI::App app(kDescription, "revenant matrix");
  app.footer(kFooter);
  Arguments arguments;
  add_options(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return refuse(error.what());
  }
  try {
    return execute(arguments);
  } catch (const std::invalid_argument& error) {
    return refuse(error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    return refuse(error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "revenant matrix: %s\n", error.what());
    return kHarnessFailed;
  }
}

}  // namespace revenant::chaos
