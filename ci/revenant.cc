// The command: finds the verb, hands over, and turns what went wrong into an exit code.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/src/bench_command.h"
#include "bench/src/scenario/bench_scenario.h"
#include "chaos/src/chaos_command.h"
#include "chaos/src/exit_codes.h"
#include "chaos/src/matrix/matrix_command.h"
#include "chaos/src/repeat_command.h"
#include "chaos/src/scenario/scenario.h"
#include "chaos/src/scenario/schema.h"
#include "ci/doctor/doctor_command.h"
#include "ci/github.h"
#include "ci/help.h"
#include "ci/manual/manual_command.h"
#include "pool/target/pool_command.h"
#include "reports/src/compare/compare_command.h"
#include "reports/src/report_command.h"
#include "reports/src/run_report.h"

namespace {

using revenant::chaos::kHarnessFailed;
using revenant::chaos::kWrongUsage;
using revenant::ci::Verb;

int print_to_stdout(const std::string& text) {
  return std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0 ? 0 : kHarnessFailed;
}

// Whether one of the verb's own options (before `--`) asks for silence on standard error.
bool is_quiet(std::span<char* const> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument == "--") return false;
    if (argument == "--quiet" || argument == "--json") return true;
  }
  return false;
}

// What CI shows beside the log, then the reason as the last line of it.
void tell_ci(const std::string& junit, const std::string& last_line) {
  const std::string problem = junit.empty() ? "" : revenant::ci::tell_github(junit);
  if (!problem.empty()) std::fprintf(stderr, "revenant: %s\n", problem.c_str());
  if (!last_line.empty()) std::puts(last_line.c_str());
}

// A report that cannot be made costs the report, never the verdict.
void write_report_in(const std::string& folder, const char* verb, bool tells_where) {
  for (const auto& problem : revenant::reports::write_run_report(folder)) {
    std::fprintf(stderr, "revenant %s: %s\n", verb, problem.c_str());
  }
  const std::string page = folder + "/report.html";
  if (tells_where && ::access(page.c_str(), R_OK) == 0) {
    std::fprintf(stderr, "report: %s\n", page.c_str());
  }
}

// Of a scenario each run has its page too; what it lacks is told by that of the whole.
int run_chaos(int argc, char** argv) {
  const auto result = revenant::chaos::run_chaos_command(argc, argv);
  const bool tells_where = !is_quiet({argv, static_cast<std::size_t>(argc)});
  const bool is_scenario = !result.set_folder.empty();
  for (const auto& folder : result.run_folders) {
    if (is_scenario) {
      static_cast<void>(revenant::reports::write_run_report(folder));
    } else {
      write_report_in(folder, "chaos", tells_where);
    }
  }
  if (is_scenario) write_report_in(result.set_folder, "chaos", tells_where);
  tell_ci(result.junit, result.last_line);
  return result.exit_code;
}

int run_bench(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments == std::vector<std::string>{"--scenario-schema"}) {
    const auto vocabulary = revenant::bench::bench_vocabulary({});
    return print_to_stdout(revenant::chaos::scenario_schema(vocabulary));
  }
  const auto scenario = revenant::chaos::take_scenario_option(arguments);
  if (!scenario) return revenant::bench::run_bench_command(argc, argv);
  const auto result = revenant::bench::run_bench_scenario(*scenario, arguments);
  if (!result.set_folder.empty()) write_report_in(result.set_folder, "bench", true);
  tell_ci(result.junit, result.last_line);
  return result.exit_code;
}

int run_compare(int argc, char** argv) {
  const auto result = revenant::reports::run_compare_command(argc, argv);
  tell_ci(result.junit, "");
  return result.exit_code;
}

int run_completion(int argc, char** argv);
int run_man(int argc, char** argv);

constexpr std::array<Verb, 11> kVerbs{{
    {"chaos", "kill a pool's workers while it works, and judge what became of its tasks",
     "revenant chaos --duration 20 --schedule poisson:50 -- ./my_pool --workers 4", run_chaos},
    {"matrix", "run pools that people use, each under one fault at a time: who loses what",
     "revenant matrix jest-worker python-futures", revenant::chaos::run_matrix_command},
    {"replay", "repeat a run that failed, and say how often its finding comes back",
     "revenant replay revenant-runs/latest --times 10", revenant::chaos::run_replay_command},
    {"shrink", "search the smallest run that still fails, and print it as one command",
     "revenant shrink revenant-runs/latest", revenant::chaos::run_shrink_command},
    {"bench", "measure this pool's throughput and recovery beside their floors",
     "revenant bench --quick --out bench.json", run_bench},
    {"report", "charts and a page from run folders and benchmark files",
     "revenant report bench.json --out report", revenant::reports::run_report_command},
    {"compare", "what differs between two results, by how much, and whether it is real",
     "revenant compare old.json new.json --gate 'throughput/* > 0.95'", run_compare},
    {"pool", "serve tasks from standard input: this pool as a target for chaos",
     R"(echo '{"type":"task","id":1,"op":"crc32","arg":"hello"}' | revenant pool)",
     revenant::target::run_pool_command},
    {"doctor", "what this machine can and cannot do for all that, and what it costs",
     "revenant doctor", revenant::ci::run_doctor_command},
    {"completion", "a script that completes these words in bash, zsh or fish",
     "source <(revenant completion bash)", run_completion},
    {"man", "the manual page of a verb, for man(1)", "revenant man chaos | man -l -", run_man},
}};

int run_completion(int argc, char** argv) {
  return revenant::ci::run_completion_command(argc, argv, kVerbs);
}

int run_man(int argc, char** argv) { return revenant::ci::run_man_command(argc, argv, kVerbs); }

int run(int argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "--help";
  if (verb == "--help" || verb == "-h" || verb == "help") {
    return print_to_stdout(revenant::ci::help_text(kVerbs));
  }
  if (verb == "--version") return print_to_stdout(revenant::ci::version_text());
  const auto* const found = std::ranges::find(kVerbs, verb, &Verb::name);
  if (found == kVerbs.end()) {
    std::fputs(revenant::ci::unknown_verb_text(verb, kVerbs).c_str(), stderr);
    return kWrongUsage;
  }
  std::string full_name = "revenant " + std::string(verb);
  argv[1] = full_name.data();
  return found->run(argc - 1, argv + 1);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "revenant: %s\n", error.what());
    return kWrongUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "revenant: %s\n", error.what());
  } catch (...) {
    std::fputs("revenant: something was thrown that is no std::exception\n", stderr);
  }
  return kHarnessFailed;
}
