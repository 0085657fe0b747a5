#include "chaos/src/chaos_command.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "chaos/src/attach.h"
#include "chaos/src/chaos_scenario.h"
#include "chaos/src/command_line.h"
#include "chaos/src/exit_codes.h"
#include "chaos/src/interrupt_signals.h"
#include "chaos/src/repeat_command.h"
#include "chaos/src/run_narration.h"
#include "chaos/src/scenario/scenario.h"
#include "chaos/src/scenario/schema.h"
#include "chaos/src/terminal.h"
#include "chaos/src/verdict.h"
#include "chaos/src/without_protocol.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

void print_result(const CommandLine& line, const RunResult& result) {
  if (line.json) {
    std::fputs(verdict_json(result.verdict).c_str(), stdout);
  } else if (line.quiet && result.verdict.ruling == Ruling::pass) {
    std::printf("pass: seed %llu, %s\n", static_cast<unsigned long long>(line.options.seed),
                result.run_folder.c_str());
  } else {
    print_verdict(stdout, result.verdict, {.colour = wants_colour(stdout)});
  }
  std::fflush(stdout);
}

// The options of `revenant pool` are its own; if it refuses them, that is wrong usage here.
bool own_pool_refused(const CommandLine& line, const RunResult& result) {
  return line.uses_own_pool && !result.said_ready && result.target_status &&
         WIFEXITED(*result.target_status) && WEXITSTATUS(*result.target_status) == kWrongUsage;
}

void offer_repetition(const CommandLine& line, const std::string& folder) {
  // A repetition counts outcomes.
  if (has_no_tasks(line.options)) return;
  if (line.shrink_seconds > 0) {
    constexpr unsigned kTries = 3;
    static_cast<void>(shrink_folder(folder, line.shrink_seconds, kTries));
  } else if (!line.json) {
    std::fprintf(stderr, "again, and how often: revenant replay %s\n", folder.c_str());
    std::fprintf(stderr, "the smallest that fails: revenant shrink %s\n", folder.c_str());
  }
}

RunResult run_interruptibly(RunOptions& options) {
  const InterruptSignals signals;
  options.interrupt_fd = signals.fd();
  return run(options);
}

CommandResult execute(CommandLine line) {
  if (!line.help.empty()) {
    std::fputs(line.help.c_str(), stdout);
    return {};
  }
  std::fprintf(line.json ? stderr : stdout, "seed %llu\n",
               static_cast<unsigned long long>(line.options.seed));
  std::fflush(nullptr);
  if (line.dry_run) {
    if (line.options.target_kind == TargetKind::attached) {
      std::fputs(describe_attached(line.options).c_str(), stdout);
    }
    std::fputs(describe_plan(line.options).c_str(), stdout);
    return {};
  }
  if (line.options.target_kind == TargetKind::attached && ::geteuid() == 0 && !line.yes) {
    throw UsageError(
        "--attach as root: any process of the machine could be meant; look with --dry-run, then "
        "give --yes");
  }
  line.options.progress = !line.quiet;
  const RunResult result = run_interruptibly(line.options);
  if (own_pool_refused(line, result)) {
    std::fprintf(stderr, "%s\n", result.last_words.c_str());
    return {.exit_code = kWrongUsage};
  }
  print_circumstances(result);
  print_result(line, result);
  if (result.verdict.ruling == Ruling::fail) offer_repetition(line, result.run_folder);
  return {.exit_code = exit_code_of(result.verdict.ruling),
          .run_folders = {result.run_folder},
          .junit = result.run_folder + "/junit.xml"};
}

CommandResult complain(const std::exception& error, int exit_code) {
  std::fprintf(stderr, "revenant chaos: %s\n", error.what());
  return {.exit_code = exit_code};
}

CommandResult dispatch(std::vector<std::string> arguments) {
  if (arguments == std::vector<std::string>{"--scenario-schema"}) {
    std::fputs(scenario_schema(chaos_vocabulary()).c_str(), stdout);
    return {};
  }
  if (const auto file = take_scenario_option(arguments))
    return run_chaos_scenario(*file, arguments);
  return execute(parse_command_line(arguments));
}

}  // namespace

CommandResult run_chaos_command(int argc, char** argv) {
  try {
    return dispatch({argv + 1, argv + argc});
  } catch (const UsageError& error) {
    return complain(error, kWrongUsage);
  } catch (const ScenarioError& error) {
    return complain(error, kWrongUsage);
  } catch (const std::invalid_argument& error) {
    return complain(error, kWrongUsage);
  } catch (const TargetUnusable& error) {
    return complain(error, kWrongUsage);
  } catch (const std::exception& error) {
    return complain(error, kHarnessFailed);
  }
}

}  // namespace revenant::chaos
