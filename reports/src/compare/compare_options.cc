#include "reports/src/compare/compare_options.h"

#include <CLI/CLI.hpp>

namespace revenant::reports::compare {
namespace {

constexpr int kUsage = 3;

constexpr const char* kDescription =
    "Says what differs between A and B, by how much, and whether it is real.\n"
    "\n"
    "A and B are Google Benchmark JSON files of any program, run folders of `revenant chaos`,\n"
    "folders of either, or of a scenario, whose runs are compared one by one. Of one file a\n"
    "side the repetitions are the samples, of one run its kills; of several inputs a side\n"
    "(A1 A2 A3 -- B1 B2 B3) each is one sample, its median.\n"
    "Figures are rates, else times, quantiles (p99, task_p50) and counters with a unit.\n"
    "\n"
    "With --paired two commands are run in turn, A B B A, until the answer is known or the\n"
    "time is up: on a noisy machine the one honest way. Figures come from the Google\n"
    "Benchmark JSON that they print or write to {out}, else it is their wall time.";

constexpr const char* kExamples =
    "Examples:\n"
    "  revenant compare old.json new.json\n"
    "      every figure that both have, ten repetitions a side being a good number\n"
    "  revenant compare old.json new.json --gate 'throughput/* > 0.95'\n"
    "      fails (1) only if a throughput has certainly lost more than 5 %\n"
    "  revenant compare old.json new.json --markdown --out compared.json >> summary.md\n"
    "      the table for people, the numbers for programs\n"
    "  revenant compare runs-old/ runs-new/\n"
    "      run folders of `revenant chaos`, each a sample\n"
    "  revenant compare --paired --a './old --fast' --b './new --fast' --time 120\n"
    "      wall times, like hyperfine, but in turn and only as long as it takes\n"
    "  revenant compare --paired --a './old --benchmark_format=json' \\\n"
    "                            --b './new --benchmark_format=json' --gate '* > 0.9'\n"
    "\n"
    "A ratio is the performance of B by that of A: above 1 is better, for times as for rates.\n"
    "\n"
    "Exit codes: 0 compared (and all gates held), 1 a gate is broken: its whole interval lies\n"
    "beyond the bound, 2 the data does not tell, 3 wrong usage or unusable input, 4 failed.";

struct Words {
  std::vector<std::string> inputs;
  std::vector<std::string> against;
  std::vector<std::string> gates;
  double seconds = 300;
  bool paired = false;
  bool json = false;
  bool markdown = false;
};

void add_options(CLI::App& app, CompareOptions& options, Words& words) {
  app.add_option("inputs", words.inputs, "A and B, or all of A before `--` and all of B after it")
      ->type_name("A B | A... -- B...");
  app.add_option("--against", words.against, "The same as `--`")->type_name("B...");
  app.add_option("--gate", words.gates,
                 "A bound on the performance of figures, with * for any text (repeatable)")
      ->type_name("'PATTERN > NUMBER'")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--only", options.only, "Compare only figures that match (repeatable)")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  app.add_option("--less", options.rules.less_is_better,
                 "Counters of which less is better, by figure: '*/misses' (repeatable)")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  app.add_option("--more", options.rules.more_is_better, "Counters of which more is better")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  app.add_flag("--cpu-time", options.rules.cpu_time, "Compare cpu_time as well");
  app.add_option("--alpha", options.alpha,
                 "How often any figure may be called different although none is")
      ->type_name("P")
      ->check(CLI::Range(1e-6, 0.5).description(""))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the bootstrap, and of who begins a block")
      ->type_name("N")
      ->capture_default_str();
  auto* json_flag = app.add_flag("--json", words.json, "Everything as JSON (reports/FORMAT.md)");
  app.add_option("--out", options.out, "Write the same JSON here, whatever is printed")
      ->type_name("FILE");
  app.add_option("--junit", options.junit,
                 "Write junit.xml here, a test a gated figure; on GitHub annotations and a summary")
      ->type_name("FILE");
  app.add_flag("--markdown", words.markdown, "A table for a pull request")->excludes(json_flag);
}

void add_paired_options(CLI::App& app, CompareOptions& options, Words& words) {
  auto* paired = app.add_flag("--paired", words.paired, "Run two commands in turn");
  app.add_option("--a", options.command_a, "What to run for A, by /bin/sh")
      ->type_name("'COMMAND'")
      ->needs(paired);
  app.add_option("--b", options.command_b, "What to run for B")
      ->type_name("'COMMAND'")
      ->needs(paired);
  app.add_option("--time", words.seconds, "When the time is up")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 1e6).description(""))
      ->needs(paired)
      ->capture_default_str();
  app.add_option("--margin", options.margin, "A difference that is smaller is none: 0.05 is 5 %")
      ->type_name("PART")
      ->check(CLI::Range(1e-6, 10.0).description(""))
      ->needs(paired)
      ->capture_default_str();
}

// What CLI11 cannot say; empty if all is well.
std::string sort_inputs(const Words& words, CompareOptions& options) {
  if (words.paired) {
    if (options.command_a.empty() || options.command_b.empty()) {
      return "--paired needs both --a 'COMMAND' and --b 'COMMAND'";
    }
    if (words.inputs.empty() && words.against.empty()) return {};
    return "--paired runs commands; it takes no files";
  }
  options.files_a = words.inputs;
  options.files_b = words.against;
  if (!words.against.empty()) {
    return words.inputs.empty() ? "there is nothing before `--`: give A" : std::string();
  }
  if (words.inputs.size() != 2) {
    return "give A and B, two of them and not " + std::to_string(words.inputs.size()) +
           "; where a side has several: A1 A2 A3 -- B1 B2 B3";
  }
  options.files_b = {options.files_a.back()};
  options.files_a.pop_back();
  return {};
}

}  // namespace

ParsedOptions parse_compare_options(int argc, char** argv) {
  CompareOptions options;
  Words words;
  CLI::App app(kDescription, argc > 0 ? argv[0] : "revenant compare");
  app.footer(kExamples);
  add_options(app, options, words);
  add_paired_options(app, options, words);
  try {
    // CLI11 forgets where `--` stood; as an option of several values it says where B begins.
    std::vector<std::string> reversed;
    for (int i = argc - 1; i > 0; --i) {
      const std::string word = argv[i];
      reversed.push_back(word == "--" ? "--against" : word);
    }
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error) == 0 ? 0 : kUsage};
  }
  if (const std::string wrong = sort_inputs(words, options); !wrong.empty()) {
    std::fprintf(stderr, "revenant compare: %s\nSee `revenant compare --help`.\n", wrong.c_str());
    return {std::nullopt, kUsage};
  }
  for (const std::string& gate : words.gates) options.gates.push_back(parse_gate(gate));
  options.time = std::chrono::duration<double>(words.seconds);
  if (words.json) options.form = Form::json;
  if (words.markdown) options.form = Form::markdown;
  return {std::move(options), 0};
}

}  // namespace revenant::reports::compare
