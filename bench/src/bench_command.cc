#include "bench/src/bench_command.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "bench/src/catalogue.h"
#include "bench/src/context.h"
#include "bench/src/exit_codes.h"
#include "bench/src/failures.h"
#include "bench/src/flags.h"
#include "bench/src/goals/goals_command.h"
#include "bench/src/peers/peers_command.h"
#include "bench/src/reporters.h"

namespace revenant::bench {
namespace {

// Hands the library its flags. False after having said which it does not know. The library keeps a
// pointer to the first: `arguments` outlive its use.
bool initialise_library(std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  int argc = static_cast<int>(argv.size());
  argv.push_back(nullptr);
  benchmark::Initialize(&argc, argv.data());
  if (argc == 1) return true;
  std::cerr << arguments[0] << ": " << argv[1]
            << ": no such flag, or not a value for it; see --help\n";
  return false;
}

std::string joined(int argc, char** argv) {
  std::string line = argv[0];
  for (int i = 1; i < argc; ++i) line += std::string(" ") + argv[i];
  return line;
}

std::string describe(const Settings& settings) {
  const Effort& effort = settings.effort;
  std::ostringstream text;
  text << effort.name << ": ";
  if (settings.own_repetitions) {
    text << effort.repetitions << " repetitions (recovery " << effort.recovery_repetitions << "), ";
  }
  if (settings.own_min_time) text << "at least " << effort.min_time_seconds << " s of throughput, ";
  text << effort.kills << " kills and " << effort.processes << " processes a repetition";
  return text.str();
}

int list() {
  // The library prints its long names: they are caught and shortened.
  std::ostringstream names;
  const auto display = make_display(Display::console, false, false);
  display->SetOutputStream(&names);
  benchmark::RunSpecifiedBenchmarks(display.get());
  std::istringstream lines(names.str());
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    std::cout << plain_name(line) << "\n";
  }
  return count > 0 ? kPass : kWrongUsage;
}

int say_failures(const char* verb) {
  std::vector<std::string> failures = take_failures();
  if (failures.empty()) return kPass;
  std::cerr << verb << ": " << failures.size() << " runs ended in an error:\n";
  std::sort(failures.begin(), failures.end());
  failures.erase(std::unique(failures.begin(), failures.end()), failures.end());
  for (const std::string& failure : failures) std::cerr << "  " << failure << "\n";
  return kFail;
}

int measure(const Flags& flags, const std::string& partial) {
  const char* const verb = flags.library[0].c_str();
  for (const std::string& reason : reasons_for_doubt()) {
    std::cerr << verb << ": warning: " << reason << "\n";
  }
  const auto display = make_display(flags.display, flags.colour, flags.tabular);
  const auto file = make_json_file();
  if (benchmark::RunSpecifiedBenchmarks(display.get(), file.get()) == 0) {
    std::remove(partial.c_str());
    return kWrongUsage;  // The library has said that the filter matches nothing.
  }
  if (std::rename(partial.c_str(), flags.out.c_str()) != 0) {
    std::cerr << verb << ": " << partial << " could not be renamed to " << flags.out << ": "
              << std::strerror(errno) << "\n";
    return kHarnessFailed;
  }
  const int code = say_failures(verb);
  std::cerr << verb << ": written to " << flags.out << "\n";
  return code;
}

// The library would end the process where it cannot open the file. False after having said why.
bool can_write(const std::string& out, const std::string& partial, const std::string& verb) {
  std::error_code ignored;
  const auto status = std::filesystem::status(out, ignored);
  std::string problem;
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    problem = out + " is not a file";
  } else if (!std::ofstream(partial)) {
    problem = partial + ": " + std::strerror(errno);
  }
  if (problem.empty()) return true;
  std::cerr << verb << ": " << problem << "; give a file that can be written with --out\n";
  return false;
}

int run(Flags flags, const std::string& command_line) {
  const std::string partial = flags.out + ".partial";
  if (!flags.list) {
    if (!can_write(flags.out, partial, flags.library[0])) return kWrongUsage;
    flags.library.push_back("--benchmark_out=" + partial);
  } else {
    flags.library.push_back("--benchmark_list_tests=true");
  }
  // Interleaved repetitions spread a disturbance over everything that is compared. A flag that was
  // given comes later and wins.
  if (flags.settings.effort.repetitions > 1) {
    const auto first = flags.library.begin() + 1;
    flags.library.insert(first, {"--benchmark_enable_random_interleaving=true",
                                 "--benchmark_display_aggregates_only=true"});
  }
  if (!initialise_library(flags.library)) {
    if (!flags.list) std::remove(partial.c_str());
    return kWrongUsage;
  }
  for (const auto& [key, value] : describe_machine_and_build()) {
    benchmark::AddCustomContext(key, value);
  }
  benchmark::AddCustomContext("options", describe(flags.settings));
  benchmark::AddCustomContext("command_line", command_line);
  register_benchmarks(flags.settings);
  return flags.list ? list() : measure(flags, partial);
}

}  // namespace

int run_bench_command(int argc, char** argv) try {
  if (goals::asks_for_goals(argc, argv)) return goals::run_goals_command(argc, argv);
  if (peers::is_peers_command(argc, argv)) return peers::run_peers_command(argc, argv);
  ParsedFlags parsed = parse_flags(argc, argv);
  if (!parsed.flags) return parsed.exit_code;
  return run(std::move(*parsed.flags), joined(argc, argv));
} catch (const std::exception& problem) {
  std::cerr << argv[0] << ": " << problem.what() << "\n";
  return kHarnessFailed;
}

}  // namespace revenant::bench
