#include "bench/src/peers/peers_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>

#include "bench/src/context.h"
#include "bench/src/exit_codes.h"
#include "bench/src/peers/arms.h"
#include "bench/src/peers/comparison.h"
#include "bench/src/peers/peers.h"
#include "bench/src/peers/peers_json.h"
#include "bench/src/peers/peers_table.h"
#include "bench/src/progress.h"

namespace revenant::bench::peers {
namespace {

struct Flags {
  Plan plan;
  std::string out = "revenant-peers.json";
  bool json = false;
};

const char* const kDescription =
    "Runs the same tasks through this pool and through the pools that people use: Node's\n"
    "child_process.fork, jest-worker, workerpool, multiprocessing.Pool, concurrent.futures, GNU\n"
    "parallel and xargs -P; and kills a worker of each. bench/peers/install installs them; one "
    "that\n"
    "is not there is left out, with its reason.";

const char* const kFooter =
    "A table goes to standard output, every sample to the file; `revenant report FILE` draws it.\n"
    "Exit code: 0, 1 if a run ended in an error, 2 if no peer is there, 3 wrong usage, 4 the file\n"
    "could not be written.";

std::string names_of_arms() {
  std::string names;
  for (const Arm& arm : all_arms()) names += (names.empty() ? "" : " ") + std::string(arm.name);
  return names;
}

// Either the flags, or the exit code with which to end.
std::optional<Flags> parse(int argc, char** argv, int& exit_code) {
  Flags flags;
  unsigned rounds = 0;
  bool quick = false;
  bool smoke = false;
  bool peers = false;
  CLI::App app(kDescription, argv[0]);
  app.footer(kFooter);
  app.set_help_flag("--help,-h", "Print this and exit");
  app.add_flag("--peers", peers, "This");
  app.add_option("--out", flags.out, "The JSON file")->capture_default_str();
  app.add_flag("--json", flags.json, "Print the JSON in place of the table");
  auto* const quick_flag =
      app.add_flag("--quick", quick,
                   "On two workers alone, three rounds in place of eleven: a minute and a half");
  app.add_flag("--smoke", smoke, "That everything runs; the numbers mean nothing")
      ->excludes(quick_flag);
  app.add_option("--arms", flags.plan.arms, "Only these: " + names_of_arms())->delimiter(',');
  auto* const workers = app.add_option("--workers", flags.plan.workers, "How many workers");
  workers->delimiter(',')->check(CLI::Range(1, 1024))->capture_default_str();
  app.add_option("--rounds", rounds, "How often each is run; from six on an interval is 95 %")
      ->check(CLI::Range(1, 1000));
  app.add_option("--peers-folder", flags.plan.folder, "Where bench/peers is");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    exit_code = app.exit(problem) == 0 ? kPass : kWrongUsage;
    return std::nullopt;
  }
  if (quick || smoke) {
    flags.plan.rounds = smoke ? 1 : 3;
    flags.plan.run_time = std::chrono::milliseconds(smoke ? 10 : 200);
    if (workers->empty()) flags.plan.workers = {2};
  }
  if (rounds > 0) flags.plan.rounds = rounds;
  return flags;
}

// Where two arms are to be compared, both have to be run.
void add_own_arms(std::vector<std::string>& arms) {
  const std::vector<std::string> asked = arms;
  for (const std::string& name : asked) {
    const Arm* const arm = find_arm(name);
    if (arm == nullptr) throw std::invalid_argument("there is no arm \"" + name + "\"");
    const std::string own(own_arm_for(*arm));
    if (std::ranges::find(arms, own) == arms.end()) arms.push_back(own);
  }
}

Context context_of(const Plan& plan, int argc, char** argv) {
  Context context = describe_machine_and_build();
  context.emplace_back("options", std::to_string(plan.rounds) + " rounds, runs of " +
                                      std::to_string(plan.run_time.count()) + " ms");
  std::string line = argv[0];
  for (int i = 1; i < argc; ++i) line += std::string(" ") + argv[i];
  context.emplace_back("command_line", line);
  return context;
}

bool write_whole(const std::string& path, const std::string& text) {
  const std::string partial = path + ".partial";
  std::ofstream file(partial, std::ios::binary);
  file << text;
  file.close();
  return file.good() && std::rename(partial.c_str(), path.c_str()) == 0;
}

int exit_code(const Results& results) {
  const auto failed = [](const auto& each) { return !each.error.empty(); };
  if (std::ranges::any_of(results.cells, failed) || std::ranges::any_of(results.kills, failed)) {
    return kFail;
  }
  return results.versions.empty() ? kUnknown : kPass;
}

int run(const Flags& flags, int argc, char** argv) {
  if (!std::ofstream(flags.out + ".partial")) {
    std::cerr << argv[0] << ": --out " << flags.out << ": " << std::strerror(errno) << "\n";
    return kWrongUsage;
  }
  for (const std::string& reason : reasons_for_doubt()) {
    std::cerr << argv[0] << ": warning: " << reason << "\n";
  }
  std::unique_ptr<ProgressLine> line;
  const Results results = measure(flags.plan, [&](const std::string& what) {
    line.reset();
    line = std::make_unique<ProgressLine>(what);
  });
  line.reset();
  const std::vector<Comparison> comparisons = compare(results.cells);
  const std::string json = json_text(context_of(flags.plan, argc, argv), results, comparisons);
  std::cout << (flags.json ? json : table(results, comparisons)) << std::flush;
  if (!write_whole(flags.out, json)) {
    std::cerr << argv[0] << ": " << flags.out << ": " << std::strerror(errno) << "\n";
    return kHarnessFailed;
  }
  std::cerr << argv[0] << ": written to " << flags.out << "\n";
  return exit_code(results);
}

}  // namespace

bool is_peers_command(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc,
                     [](const char* argument) { return std::strcmp(argument, "--peers") == 0; });
}

int run_peers_command(int argc, char** argv) try {
  int code = kPass;
  std::optional<Flags> flags = parse(argc, argv, code);
  if (!flags) return code;
  try {
    add_own_arms(flags->plan.arms);
  } catch (const std::invalid_argument& problem) {
    std::cerr << argv[0] << ": --arms: " << problem.what() << "; they are " << names_of_arms()
              << "\n";
    return kWrongUsage;
  }
  return run(*flags, argc, argv);
} catch (const std::exception& problem) {
  std::cerr << argv[0] << ": " << problem.what() << "\n";
  return kHarnessFailed;
}

}  // namespace revenant::bench::peers
