#include "chaos/src/repeat_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>
#include <stdexcept>

#include "chaos/src/checkers/finding_text.h"
#include "chaos/src/exit_codes.h"
#include "chaos/src/interrupt_signals.h"
#include "chaos/src/repetition.h"
#include "chaos/src/smallest_run.h"

namespace revenant::chaos {
namespace {

RecordedRun read_failed_run(const std::string& folder) {
  RecordedRun run = read_recorded_run(folder);
  if (run.verdict != "fail" || run.findings.empty()) {
    throw std::invalid_argument(folder + ": the verdict is " + run.verdict +
                                "; only a run that failed has a finding to look for");
  }
  return run;
}

int replay(const std::string& folder, unsigned times) {
  const RecordedRun run = read_failed_run(folder);
  const InterruptSignals signals;
  RunOptions options = repetition_of(run);
  options.interrupt_fd = signals.fd();
  const std::string& finding = run.findings.front();
  std::printf("seed %llu, %s; looking for %s\n", static_cast<unsigned long long>(options.seed),
              size_of(options).c_str(), finding.c_str());
  unsigned back = 0;
  unsigned ran = 0;
  for (; ran < times; ++ran) {
    const Shown shown = repeat_once(options, finding);
    if (shown == Shown::interrupted) break;
    back += shown == Shown::finding ? 1 : 0;
    std::printf("  %u: %s\n", ran + 1, shown == Shown::finding ? finding.c_str() : "not seen");
    std::fflush(stdout);
  }
  std::printf("%s came back in %u of %s\n", finding.c_str(), back,
              counted(ran, "repetition").c_str());
  if (ran < times) {
    std::fprintf(stderr, "interrupted\n");
    return kUnknown;
  }
  return back > 0 ? 1 : 0;
}

// Declares what both verbs have in common and runs one of them.
int run_verb(int argc, char** argv, const char* about, const char* footer,
             const std::function<void(CLI::App&)>& declare,
             const std::function<int(const std::string&)>& act) {
  CLI::App app(about, argv[0]);
  app.footer(footer);
  std::string folder;
  app.add_option("RUN-FOLDER", folder, "of a run that failed, as revenant-runs/latest")
      ->type_name("")
      ->required();
  declare(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    std::fprintf(stderr, "%s: %s; see --help\n", argv[0], error.what());
    return kWrongUsage;
  }
  try {
    return act(folder);
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return kWrongUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return kHarnessFailed;
  }
}

}  // namespace

int shrink_folder(const std::string& folder, double seconds, unsigned tries) {
  const RecordedRun run = read_failed_run(folder);
  // A run that is under way when the time is up is not waited for.
  const std::chrono::milliseconds time(static_cast<std::int64_t>(seconds * 1000));
  const InterruptSignals signals(time);
  const std::string& finding = run.findings.front();
  RunOptions options = repetition_of(run);
  options.interrupt_fd = signals.fd();
  const auto tell = [](const RunOptions& smaller) {
    std::fprintf(stderr, "  fails with %s\n", size_of(smaller).c_str());
  };
  std::fprintf(stderr, "looking for the smallest run that shows %s, for %.0f s at most\n",
               finding.c_str(), seconds);
  const Smallest smallest = smallest_run(
      options, finding, {.tries = tries, .until = std::chrono::steady_clock::now() + time}, tell);
  if (!smallest.run) {
    std::printf("%s did not come back in %s, so there is nothing to shrink\n", finding.c_str(),
                counted(smallest.tried, "repetition").c_str());
    return kUnknown;
  }
  std::printf("%s with %s, of %s:\n  %s\n", finding.c_str(), size_of(*smallest.run).c_str(),
              size_of(options).c_str(), command_of(run, *smallest.run).c_str());
  return 1;
}

int run_replay_command(int argc, char** argv) {
  unsigned times = 5;
  return run_verb(
      argc, argv,
      "Repeats a run that failed: its faults come after as many outcomes as then, to the same of "
      "its\n"
      "workers and in the same system calls, and says how often the finding came back.",
      "Example:\n  revenant replay revenant-runs/latest --times 10\n\n"
      "Exit codes: 1 it came back, 0 it did not, 2 it was interrupted, 3 wrong usage, 4 the "
      "harness\n"
      "itself failed.",
      [&](CLI::App& app) {
        app.add_option("--times", times, "how often (5)")
            ->type_name("N")
            ->check(CLI::Range(1, 10'000).description(""));
      },
      [&](const std::string& folder) { return replay(folder, times); });
}

int run_shrink_command(int argc, char** argv) {
  double seconds = 120;
  unsigned tries = 3;
  return run_verb(
      argc, argv,
      "Searches the smallest run that still shows the finding of a run that failed, by delta\n"
      "debugging over its faults, then its tasks and its workers, and prints it as one command.",
      "Example:\n  revenant shrink revenant-runs/latest --time-limit 60\n\n"
      "Exit codes: 1 here is the smallest, 2 the finding did not come back, 3 wrong usage, 4 the\n"
      "harness itself failed.",
      [&](CLI::App& app) {
        app.add_option("--time-limit", seconds, "in seconds (120)")
            ->type_name("SECONDS")
            ->check(CLI::Range(1.0, 86400.0).description(""));
        app.add_option("--tries", tries, "runs of each candidate (3)")
            ->type_name("N")
            ->check(CLI::Range(1, 1000).description(""));
      },
      [&](const std::string& folder) { return shrink_folder(folder, seconds, tries); });
}

}  // namespace revenant::chaos
