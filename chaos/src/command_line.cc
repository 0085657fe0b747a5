#include "chaos/src/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string_view>

#include "chaos/src/command_help.h"
#include "chaos/src/nearest_word.h"
#include "chaos/src/option_text.h"
#include "chaos/src/own_pool.h"
#include "chaos/src/random.h"
#include "chaos/src/reproduce.h"
#include "chaos/src/script_text.h"
#include "chaos/src/without_protocol.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

constexpr std::uint64_t kMillisecondsMax = 24ULL * 3600 * 1000;

[[noreturn]] void refuse(const std::string& why) { throw UsageError(why); }

std::uint64_t parse_whole(const std::string& option, const std::string& text, std::uint64_t min,
                          std::uint64_t max) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end || value < min || value > max) {
    refuse(fmt::format("{} {}: has to be a whole number from {} to {}", option, text, min, max));
  }
  return value;
}

double parse_positive(const std::string& option, const std::string& text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(value) ||
      value <= 0) {
    refuse(fmt::format("{} {}: has to be a number above 0", option, text));
  }
  return value;
}

// For a terminal of 96 columns, with what an option is for and not what excludes it: that is said
// where both are given.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string) const override {
    return "\nUsage: revenant chaos [OPTIONS] [-- PROGRAM ARGS...]\n";
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_items_expected_max() > 0 ? " " + option->get_type_name() : "";
  }
  std::string make_option_desc(const CLI::Option* option) const override {
    constexpr std::size_t kWidth = 70;
    std::string text = option->get_description();
    for (std::size_t begin = 0; text.size() - begin > kWidth;) {
      const std::size_t space = text.rfind(' ', begin + kWidth);
      if (space == std::string::npos || space <= begin) break;
      text[space] = '\n';
      begin = space + 1;
    }
    return text;
  }
};

// Declares options whose text is parsed by functions that throw, and puts the option's name before
// what they say.
class Declarations {
 public:
  explicit Declarations(CLI::App& app) : app_(app) {}

  void group(std::string name) { group_ = std::move(name); }

  CLI::Option* text(const std::string& names, const std::string& type, const std::string& help,
                    const std::function<void(const std::string&)>& take) {
    const std::string name = names.substr(0, names.find(','));
    return app_
        .add_option_function<std::string>(
            names,
            [name, take](const std::string& given) {
              try {
                take(given);
              } catch (const std::invalid_argument& error) {
                refuse(fmt::format("{} {}", name, error.what()));
              }
            },
            help)
        ->type_name(type)
        ->group(group_);
  }

  CLI::Option* whole(const std::string& name, const std::string& type, const std::string& help,
                     std::uint64_t min, std::uint64_t max,
                     const std::function<void(std::uint64_t)>& take) {
    return text(name, type, help,
                [=](const std::string& given) { take(parse_whole(name, given, min, max)); });
  }

  CLI::Option* milliseconds(const std::string& name, const std::string& help, std::uint64_t min,
                            std::chrono::milliseconds& target) {
    return whole(name, "MS", help, min, kMillisecondsMax,
                 [&target](std::uint64_t value) { target = std::chrono::milliseconds(value); });
  }

  CLI::Option* flag(const std::string& name, bool& target, const std::string& help) {
    return app_.add_flag(name, target, help)->group(group_);
  }

 private:
  CLI::App& app_;
  std::string group_;
};

void declare_load(Declarations& declare, RunOptions& options) {
  declare.group("The load");
  declare.whole("--tasks", "N", "tasks in all (10000), of which a tenth comes without faults", 1,
                1'000'000'000, [&](std::uint64_t value) { options.tasks = value; });
  declare.text("--duration", "SECONDS",
               "or so long (with --tasks: until both), then a while without faults",
               [&](const std::string& given) {
                 const double seconds = parse_positive("--duration", given);
                 if (seconds < 0.1 || seconds > 86'400) {
                   refuse(fmt::format("--duration {}: has to be from 0.1 to 86400 seconds", given));
                 }
                 options.duration = std::chrono::milliseconds(std::llround(seconds * 1000));
               });
  declare.text("--op", "OP",
               "echo, crc32 (the default), sleep, spin, mix (of these), record, die, hang",
               [&](const std::string& given) { options.operation = parse_operation(given); });
  declare.milliseconds("--op-ms", "the time of a sleep or spin (1)", 0, options.operation_time);
  declare.text("--payload", "BYTES|A-B", "the size of each argument of echo and crc32 (64)",
               [&](const std::string& given) { options.payload = parse_payload(given); });
  CLI::Option* const outstanding =
      declare.whole("--outstanding", "N", "closed loop: so many tasks are open at any time (64)", 1,
                    1'000'000, [&](std::uint64_t value) { options.outstanding = value; });
  declare
      .text("--rate", "PER_S", "open loop: so many come a second, and latency counts from when due",
            [&](const std::string& given) { options.rate = parse_positive("--rate", given); })
      ->excludes(outstanding);
}

// What was given, so that it replaces the default and a second one adds to it.
struct GivenFaults {
  bool faults = false;
  bool schedules = false;
  bool seed = false;
};

void declare_faults(Declarations& declare, RunOptions& options, GivenFaults& given_faults) {
  declare.group("The faults");
  declare
      .text(
          "--fault", "F[=WEIGHT]",
          "kill (the default), kill:K, kill-all, stop[:MS], segv, abort, term, exit0 (a task ends "
          "its worker with code 0), kill-main, kill-group, spawn-fails[:MS] (fork is refused), "
          "oom; may be given several times",
          [&](const std::string& given) {
            if (!given_faults.faults) options.faults.clear();
            given_faults.faults = true;
            options.faults.push_back(parse_fault(given));
          })
      ->expected(1)
      ->trigger_on_parse();
  declare
      .text(
          "--schedule", "WHEN",
          "by the clock: poisson:PER_S (poisson:10), every:MS, burst:K/MS; or N moments: idle:N "
          "(nothing is outstanding, one fault, then tasks again), blocked:N (the same, to who has "
          "stood still longest), at-read:N, at-write:N, booting:N, before-ready:N, draining:N "
          "(after the end of input); may be given several times",
          [&](const std::string& given) {
            if (!given_faults.schedules) options.schedules.clear();
            given_faults.schedules = true;
            options.schedules.push_back(parse_schedule(given));
          })
      ->expected(1)
      ->trigger_on_parse();
  declare
      .text(
          "--at", "FAULT@N[,K=V]",
          "instead of schedules: FAULT once N tasks have an outcome, as in kill@120,worker=2 or "
          "kill@120,when=at-write,call=3,side=leaving; may be given several times",
          [&](const std::string& given) { options.script.push_back(parse_scripted_fault(given)); })
      ->expected(1)
      ->trigger_on_parse();
  declare.whole("--faults-max", "N", "at most so many of those that go by the clock", 0,
                1'000'000'000, [&](std::uint64_t value) { options.faults_max = value; });
  declare.whole("--seed", "N", "of the plan and the tasks (drawn, and printed)", 0,
                std::numeric_limits<std::uint64_t>::max(), [&](std::uint64_t value) {
                  options.seed = value;
                  given_faults.seed = true;
                });
  declare.text("--workers", "WHICH",
               "the processes below the target that are its workers: declared, children, leaves, "
               "descendants, match:REGEX (declared if it declares any, else children)",
               [&](const std::string& given) {
                 std::tie(options.workers, options.worker_regex) = parse_workers(given);
               });
}

void declare_server(Declarations& declare, CommandLine& line) {
  RunOptions& options = line.options;
  declare.group("A target that does not speak the protocol");
  CLI::Option* const attach =
      declare.whole("--attach", "PID", "one that runs: its workers are killed, it is left running",
                    1, std::numeric_limits<pid_t>::max(), [&](std::uint64_t value) {
                      options.target_kind = TargetKind::attached;
                      options.attach_to = static_cast<pid_t>(value);
                    });
  declare.text("--probe", "COMMAND", "asked all the while with sh -c; each time is a task",
               [&](const std::string& given) { options.probe = Probe{.command = given}; });
  declare
      .text("--probe-tcp", "HOST:PORT", "the same: a connection that is accepted and ends in order",
            [&](const std::string& given) { options.probe = Probe{.tcp = given}; })
      ->excludes("--probe");
  declare.flag("--yes", line.yes, "as root with --attach: yes, that tree");
  declare.flag("--no-protocol", line.no_protocol, "PROGRAM is started, and ended with SIGTERM")
      ->excludes(attach);
}

void declare_demands(Declarations& declare, RunOptions& options) {
  declare.group("What is demanded");
  declare.text(
      "--claim", "CLAIM",
      "observe, reports (each task one outcome), contains (only a victim's task may fail), "
      "completes (each task one correct result; the default)",
      [&](const std::string& given) {
        const auto claim = claim_named(given);
        if (!claim) {
          refuse(
              fmt::format("--claim {}: there are observe, reports, contains and completes", given));
        }
        options.claim = *claim;
      });
  declare.text("--executions", "HOW",
               "at-most-once or at-least-once: how often each task of --op record is done",
               [&](const std::string& given) { options.executions = parse_executions(given); });
  declare.milliseconds("--recover-within", "a dead worker is replaced within (1000)", 1,
                       options.recover_within);
  declare.milliseconds("--stall-after", "an outcome comes at least each (5000)", 1,
                       options.stall_after);
  declare.milliseconds("--ready-within", "the target is ready within (10000)", 1,
                       options.ready_within);
  declare.whole("--faults-min", "N",
                "with fewer installed the verdict is unknown (10, or half of those planned)", 0,
                1'000'000'000, [&](std::uint64_t value) { options.faults_min = value; });
}

void declare_output(Declarations& declare, CommandLine& line) {
  declare.group(kOutputGroup);
  declare.text("--out", "DIR", "the folder of run folders (revenant-runs)",
               [&](const std::string& given) {
                 if (given.empty()) refuse("--out: name a folder");
                 line.options.out = given;
               });
  declare.text("--name", "NAME", "of this run (that of the program)",
               [&](const std::string& given) { line.options.name = given; });
  declare.text(
      "--shrink", "SECONDS", "if it fails, search the smallest run that does, for so long",
      [&](const std::string& given) { line.shrink_seconds = parse_positive("--shrink", given); });
  declare.text("--scenario", "FILE.toml",
               "several runs and what is demanded of each: chaos/README.md, \"Scenarios\"",
               [](const std::string&) { refuse("--scenario: may be given once"); });
  declare.flag("--json", line.json, "verdict.json alone on standard output");
  declare.flag("--quiet", line.quiet, "no progress; a line if it passes, the findings if not");
  declare.flag("--dry-run", line.dry_run, "print the plan and start nothing");
}

[[noreturn]] void refuse_extras(const CLI::App& app, const std::string& extra) {
  if (!extra.starts_with("-")) {
    refuse(
        fmt::format("{}: put -- before the program and its arguments, as in: -- {}", extra, extra));
  }
  const std::string name = extra.substr(0, extra.find('='));
  std::vector<std::string> known;
  for (const CLI::Option* const option : app.get_options()) known.push_back(option->get_name());
  const auto near = nearest_word(name, known);
  refuse(fmt::format("{}: no such option{}; revenant chaos --help lists them", name,
                     near ? ", did you mean " + *near + "?" : std::string()));
}

void declare_all(CLI::App& app, CommandLine& line, GivenFaults& given) {
  Declarations declare(app);
  declare_load(declare, line.options);
  declare_faults(declare, line.options, given);
  declare_server(declare, line);
  declare_demands(declare, line.options);
  declare_output(declare, line);
}

void parse(CLI::App& app, std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants a vector
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) throw;
    refuse(error.what());
  }
  if (const auto extras = app.remaining(); !extras.empty()) refuse_extras(app, extras.front());
}

// A server has other defaults than a pool, where nothing was said.
void complete_server(const CLI::App& app, CommandLine& line) {
  const auto said = [&](const char* name) { return app.get_option(name)->count() > 0; };
  if (line.no_protocol) line.options.target_kind = TargetKind::program;
  if (line.options.target_kind == TargetKind::speaks_protocol) return;
  if (said("--op") || said("--payload")) refuse("--op: is of the protocol; a --probe is the task");
  if (line.no_protocol && line.options.command.empty()) {
    refuse("--no-protocol: name the program, as in: --no-protocol -- ./server");
  }
  apply_server_defaults(line.options,
                        {.tasks_or_duration = said("--tasks") || said("--duration"),
                         .outstanding_or_rate = said("--outstanding") || said("--rate"),
                         .schedule = said("--schedule"),
                         .claim = said("--claim"),
                         .recover_within = said("--recover-within")});
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments) {
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> own(arguments.begin(), dashes);
  CommandLine line;
  if (dashes != arguments.end()) line.options.command.assign(dashes + 1, arguments.end());

  CLI::App app(kDescription, "revenant chaos");
  app.footer(kFooter);
  const auto formatter = std::make_shared<HelpFormatter>();
  formatter->column_width(26);
  app.formatter(formatter);
  app.allow_extras();
  app.set_help_flag();  // among the others: the first group is the load
  GivenFaults given;
  declare_all(app, line, given);
  app.set_help_flag("-h,--help", "print this and exit")->group(kOutputGroup);

  const std::vector<std::string> pool_options = take_pool_options(own);
  try {
    parse(app, std::move(own));
  } catch (const CLI::CallForHelp&) {
    line.help = app.help();
    return line;
  }
  if (dashes != arguments.end()) {
    if (line.options.command.empty()) refuse("--: name the program behind it");
    if (!pool_options.empty()) {
      refuse("--pool-NAME is an option of `revenant pool`; give the program's own behind it");
    }
  } else if (line.options.target_kind != TargetKind::attached && !line.no_protocol) {
    line.uses_own_pool = true;
    line.options.command = own_pool_command(line.options, pool_options);
    if (line.options.name.empty()) line.options.name = "pool";
  }
  complete_server(app, line);
  const bool is_bound_by_both = line.options.duration && app.get_option("--tasks")->count() > 0;
  if (is_bound_by_both) line.options.tasks_min = line.options.tasks;
  if (!given.seed) line.options.seed = draw_seed();
  line.options.reproduce = reproduce_line(arguments, line.options.seed);
  line.options.command_line = {"revenant", "chaos"};
  line.options.command_line.insert(line.options.command_line.end(), arguments.begin(),
                                   arguments.end());
  try {
    check_options(line.options);
  } catch (const std::invalid_argument& error) {
    refuse(error.what());
  }
  return line;
}

std::vector<DeclaredOption> declared_options() {
  CLI::App app;
  CommandLine line;
  GivenFaults given;
  app.set_help_flag();
  declare_all(app, line, given);
  std::vector<DeclaredOption> options;
  for (const CLI::Option* const option : app.get_options()) {
    const bool takes_value = option->get_items_expected_max() > 0;
    options.push_back({.option = option->get_name(),
                       .value = takes_value ? option->get_type_name() : std::string(),
                       .help = option->get_description(),
                       .group = option->get_group()});
  }
  return options;
}

}  // namespace revenant::chaos
