#include "bench/src/flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string_view>

#include "bench/src/exit_codes.h"
#include "chaos/src/terminal.h"

namespace revenant::bench {
namespace {

constexpr std::string_view kPrefix = "--benchmark_";

// A flag of the library's, "--benchmark_NAME=VALUE"; a bare "--benchmark_NAME" means true.
struct LibraryFlag {
  std::string_view name;
  std::string_view value;
};

LibraryFlag split(std::string_view argument) {
  argument.remove_prefix(kPrefix.size());
  const std::size_t equals = argument.find('=');
  if (equals == std::string_view::npos) return {argument, "true"};
  return {argument.substr(0, equals), argument.substr(equals + 1)};
}

bool is_true(std::string_view value) {
  return value == "true" || value == "yes" || value == "on" || value == "1";
}

bool is_whole_number_from_one(std::string_view text) {
  int number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && number >= 1;
}

// With or without the unit that later versions of the library want.
bool is_seconds(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc()) return false;
  const std::string_view unit(parsed.ptr, static_cast<std::size_t>(end - parsed.ptr));
  return (unit.empty() || unit == "s") && std::isfinite(number) && number >= 0;
}

// The library ends the process, or aborts it, at some wrong values: they are found here. Empty if
// the value is good or the library's own to judge; else what would be right.
std::string expected_instead(const LibraryFlag& flag) {
  const auto one_of = [&](std::initializer_list<std::string_view> values, const char* text) {
    const bool good = std::find(values.begin(), values.end(), flag.value) != values.end();
    return good ? std::string() : std::string(text);
  };
  if (flag.name == "format") return one_of({"console", "json", "csv"}, "console, json or csv");
  if (flag.name == "out_format") {
    return one_of({"json"}, "json; --benchmark_format=csv prints CSV on standard output");
  }
  if (flag.name == "time_unit") return one_of({"", "ns", "us", "ms", "s"}, "ns, us, ms or s");
  if (flag.name == "repetitions") {
    return is_whole_number_from_one(flag.value) ? "" : "a whole number from 1";
  }
  if (flag.name == "min_time" || flag.name == "min_warmup_time") {
    return is_seconds(flag.value) ? "" : "seconds, not negative";
  }
  return "";
}

// The library matches its own long names: every anchor at an end means the end of the plain one.
std::string unanchor(std::string_view filter) {
  std::string result;
  bool in_set = false;
  for (std::size_t i = 0; i < filter.size(); ++i) {
    const char c = filter[i];
    if (c == '[') in_set = true;
    if (c == ']') in_set = false;
    if (c == '$' && !in_set) {
      result += "(/min_time:[^/]*)?(/iterations:[^/]*)?(/repeats:[^/]*)?(/manual_time|/real_time)?";
    }
    result += c;
    if (c == '\\' && i + 1 < filter.size()) result += filter[++i];
  }
  return result;
}

// False after having said what is wrong with it.
bool take_library_flag(const std::string& argument, Flags& flags, const char* verb) {
  const LibraryFlag flag = split(argument);
  if (const std::string expected = expected_instead(flag); !expected.empty()) {
    std::cerr << verb << ": " << argument << ": expected " << expected << "\n";
    return false;
  }
  if (flag.name == "out") {
    flags.out = flag.value;
  } else if (flag.name == "out_format") {
    // JSON is all there is.
  } else if (flag.name == "list_tests") {
    flags.list = is_true(flag.value);
  } else if (flag.name == "format") {
    flags.display = flag.value == "json"  ? Display::json
                    : flag.value == "csv" ? Display::csv
                                          : Display::console;
  } else if (flag.name == "color") {
    if (flag.value != "auto") flags.colour = is_true(flag.value);
  } else if (flag.name == "counters_tabular") {
    flags.tabular = is_true(flag.value);
  } else if (flag.name == "filter") {
    flags.library.push_back("--benchmark_filter=" + unanchor(flag.value));
  } else {
    if (flag.name == "repetitions") flags.settings.own_repetitions = false;
    if (flag.name == "min_time") flags.settings.own_min_time = false;
    flags.library.push_back(argument);
  }
  return true;
}

const char* const kDescription =
    "Measures the pool, and beside it the floor: what kernel and hardware alone need for the "
    "same.\n"
    "A table goes to standard output, everything to a JSON file in Google Benchmark's format. "
    "While it\n"
    "runs, that file is called FILE.partial.";

const char* const kFooter =
    "revenant bench --goals measures what is wanted of the speed: see revenant bench --goals "
    "--help.\n"
    "revenant bench --peers runs other pools beside this one: see revenant bench --peers --help.\n"
    "revenant bench --scenario FILE.toml makes several runs and checks thresholds on their "
    "figures:\n"
    "see bench/README.md, \"Scenarios\".\n"
    "Any flag of Google Benchmark's: --benchmark_filter=REGEX, --benchmark_list_tests,\n"
    "--benchmark_repetitions=N, --benchmark_min_time=SECONDS, --benchmark_format=console|json|csv "
    "...\n"
    "Exit code: 0, 1 if a benchmark ended in an error, 3 wrong usage, 4 the file could not be "
    "written.";

}  // namespace

ParsedFlags parse_flags(int argc, char** argv) {
  Flags flags;
  const char* const verb = argv[0];
  flags.colour = chaos::wants_colour(stdout);
  flags.out = "revenant-bench.json";
  flags.library = {verb};
  std::vector<std::string> ours;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (!argument.starts_with(kPrefix)) {
      ours.push_back(argument);
    } else if (!take_library_flag(argument, flags, verb)) {
      return {.exit_code = kWrongUsage};
    }
  }

  bool quick = false;
  bool smoke = false;
  CLI::App app(kDescription, verb);
  app.footer(kFooter);
  app.set_help_flag("--help,-h", "Print this and exit");
  app.add_option("--out", flags.out, "The JSON file")->capture_default_str();
  auto* const quick_flag = app.add_flag(
      "--quick", quick, "Everything roughly, in about a minute, without the largest sizes");
  app.add_flag("--smoke", smoke, "That everything runs, within seconds; the numbers mean nothing")
      ->excludes(quick_flag);
  std::reverse(ours.begin(), ours.end());  // CLI11 takes them from the back.
  try {
    app.parse(ours);
  } catch (const CLI::ParseError& problem) {
    return {.exit_code = app.exit(problem) == 0 ? 0 : kWrongUsage};
  }
  if (flags.out.empty()) {
    std::cerr << verb << ": --out: expected the name of a file\n";
    return {.exit_code = kWrongUsage};
  }
  flags.settings.effort = smoke ? kSmoke : quick ? kQuick : kFull;
  return {.flags = std::move(flags)};
}

}  // namespace revenant::bench
