#include "reports/src/compare/compare_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "reports/src/compare/compare_options.h"
#include "reports/src/compare/comparison_report.h"
#include "reports/src/compare/inputs.h"
#include "reports/src/compare/looks.h"
#include "reports/src/compare/paired.h"
#include "reports/src/compare/progress.h"
#include "reports/src/input_error.h"

namespace revenant::reports {
namespace {

using namespace compare;

constexpr int kUsage = 3;
constexpr int kFailed = 4;

std::vector<std::filesystem::path> all_inputs_of(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> all;
  for (const std::string& path : paths) {
    for (auto& input : inputs_of(path)) all.push_back(std::move(input));
  }
  return all;
}

std::string joined(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) text += (text.empty() ? "" : " ") + path;
  return text;
}

ComparisonReport compare_files(const CompareOptions& options) {
  const auto a = all_inputs_of(options.files_a);
  const auto b = all_inputs_of(options.files_b);
  Inputs inputs = read_inputs(a, b, options.rules, options.only);
  const Certainty certainty{.alpha = options.alpha, .seed = options.seed};
  ComparisonReport report;
  report.a = joined(options.files_a);
  report.b = joined(options.files_b);
  report.method = fmt::format(
      "Mann-Whitney's test with Holm's correction at {:.4g}; percentile bootstrap of the ratio of "
      "medians, seed {}. Samples: {}.",
      options.alpha, options.seed,
      a.size() == 1 && b.size() == 1
          ? "the repetitions (or kills) in the one input of each side"
          : fmt::format("{} inputs against {}, the median of each", a.size(), b.size()));
  report.sample = a.size() == 1 && b.size() == 1 ? "sample" : "input";
  report.rows = compare_samples(inputs.figures, certainty);
  report.gates = judge_gates(options.gates, report.rows, inputs.left_out, options.alpha,
                             [&](std::size_t row, double level) {
                               return ratio_interval(inputs.figures[row], level, certainty);
                             });
  report.left_out = std::move(inputs.left_out);
  report.notes = std::move(inputs.notes);
  report.level = 1 - options.alpha;
  report.conclusion = conclude(report.rows, report.gates, Kind::files);
  return report;
}

const char* sentence_about(SeriesEnd end) {
  switch (end) {
    case SeriesEnd::answered:
      return "Every question had its answer then.";
    case SeriesEnd::all_looks:
      return "The time would not have sufficed for another look.";
    case SeriesEnd::out_of_time:
      return "Then the time was up.";
    case SeriesEnd::interrupted:
      break;
  }
  return "Then it was interrupted.";
}

ComparisonReport compare_commands(const CompareOptions& options) {
  PairedRequest request{.a = options.command_a,
                        .b = options.command_b,
                        .time = options.time,
                        .alpha = options.alpha,
                        .margin = options.margin,
                        .seed = options.seed,
                        .rules = options.rules,
                        .only = options.only,
                        .gates = options.gates,
                        .on_block = {}};
  Progress progress;
  request.on_block = [&](const auto& figures, auto left) { progress.show(figures, left); };
  PairedResult result = run_paired(request);
  progress.clear();
  ComparisonReport report;
  report.a = options.command_a;
  report.b = options.command_b;
  report.method = fmt::format(
      "{} blocks of four runs, A B B A or B A A B by a coin (seed {}). {} Signed ranks with Holm's "
      "correction; {:.4g} in equal parts on at most {} looks, so that stopping early costs "
      "nothing.",
      result.blocks, options.seed, sentence_about(result.end), options.alpha, kLooks);
  report.sample = "block";
  report.margin = options.margin;
  report.level = 1 - alpha_of_a_look(options.alpha);
  report.rows = std::move(result.rows);
  report.gates = std::move(result.gates);
  report.left_out = std::move(result.left_out);
  report.notes = std::move(result.notes);
  report.conclusion = conclude(report.rows, report.gates, Kind::series);
  return report;
}

bool is_coloured_terminal() {
  const char* const no_colour = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

std::string printed(const ComparisonReport& report, Form form) {
  if (form == Form::json) return as_json(report);
  if (form == Form::markdown) return as_markdown(report);
  return as_text(report, is_coloured_terminal() ? Colour::terminal : Colour::none);
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(path + " cannot be written: " + std::strerror(errno));
}

CompareResult compare_as_asked(CompareOptions options) {
  ComparisonReport report =
      options.is_paired() ? compare_commands(options) : compare_files(options);
  report.alpha = options.alpha;
  report.seed = options.seed;
  const bool is_written =
      std::fputs(printed(report, options.form).c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  if (!is_written) {
    std::fputs("revenant compare: standard output cannot be written\n", stderr);
    return {.exit_code = kFailed};
  }
  if (!options.out.empty()) write_file(options.out, as_json(report));
  if (!options.junit.empty()) write_file(options.junit, as_junit(report));
  return {.exit_code = report.conclusion.exit_code, .junit = std::move(options.junit)};
}

}  // namespace

CompareResult run_compare_command(int argc, char** argv) {
  try {
    ParsedOptions parsed = parse_compare_options(argc, argv);
    if (parsed.options) return compare_as_asked(std::move(*parsed.options));
    return {.exit_code = parsed.exit_code};
  } catch (const InputError& error) {
    std::fprintf(stderr, "revenant compare: %s\n", error.what());
    return {.exit_code = kUsage};
  } catch (const std::exception& error) {
    std::fprintf(stderr, "revenant compare: %s\n", error.what());
    return {.exit_code = kFailed};
  }
}

}  // namespace revenant::reports
