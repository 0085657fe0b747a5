#include "reports/src/report_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "reports/src/input_error.h"
#include "reports/src/pdf.h"
#include "reports/src/report.h"

namespace revenant::reports {
namespace {

constexpr int kUsage = 3;
constexpr int kFailed = 4;

constexpr const char* kDescription =
    "Draws charts and one HTML page from what `revenant chaos` and `revenant bench` wrote.\n"
    "\n"
    "Inputs are run folders (with history.jsonl, verdict.json, run.json), folders of\n"
    "scenarios (all their runs, and each threshold with what was measured), folders that\n"
    "hold run folders, and Google Benchmark JSON files, in any number and order; all go\n"
    "into one page. Nothing is measured. The page needs no network and no script. Charts\n"
    "need gnuplot; without it the page is made without them and says so.";

constexpr const char* kExamples =
    "Examples:\n"
    "  revenant report revenant-runs/latest\n"
    "      report.html and charts/ in the run folder itself, once more\n"
    "  revenant bench --quick --out bench.json && revenant report bench.json\n"
    "      revenant-report/report.html with throughput, recovery and floors\n"
    "  revenant report runs/a runs/b bench.json --out both\n"
    "      the runs side by side and the benchmarks, in both/report.html\n"
    "  revenant report --format markdown revenant-runs/latest >> \"$GITHUB_STEP_SUMMARY\"\n"
    "      verdict, findings and recovery where a CI job shows them\n"
    "  revenant report --format pdf revenant-runs/latest\n"
    "      the page on paper, by chromium or weasyprint\n"
    "\n"
    "The last line of standard output is the path of the page. Beside each picture are\n"
    "its data and its gnuplot script: cd OUT/charts && gnuplot -c timeline.gp mine.svg\n"
    "\n"
    "Exit codes: 0 written, 3 wrong usage or unusable input (nothing is written),\n"
    "4 the report could not be written.";

// As CLI11 prints it, with the exit code of the project for a wrong usage.
int exit_of(const CLI::App& app, const CLI::ParseError& error) {
  return app.exit(error) == 0 ? 0 : kUsage;
}

std::map<std::string, ReportFormat> formats() {
  return {{"html", ReportFormat::html},
          {"pdf", ReportFormat::pdf},
          {"markdown", ReportFormat::markdown},
          {"text", ReportFormat::text}};
}

// A full disk or a closed pipe is told, and not taken for a report.
int print_to_stdout(const std::string& text) {
  if (std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0) return 0;
  throw std::runtime_error("standard output cannot be written");
}

// Prints the path of the page, or of the PDF, and gives the exit code.
int write_report(const ReportRequest& request, ReportFormat format) {
  const auto printer = format == ReportFormat::pdf ? find_printer() : std::nullopt;
  if (format == ReportFormat::pdf && !printer) throw std::runtime_error(kNoPrinter);
  const ReportResult result = make_report(request);
  for (const std::string& problem : result.problems) {
    std::fprintf(stderr, "revenant report: %s\n", problem.c_str());
  }
  std::filesystem::path written = result.page;
  if (printer) {
    written.replace_extension(".pdf");
    if (const std::string problem = print_pdf(*printer, result.page, written); !problem.empty()) {
      throw std::runtime_error(problem);
    }
  }
  return print_to_stdout(written.string() + "\n");
}

}  // namespace

int run_report_command(int argc, char** argv) {
  ReportRequest request;
  std::string out;
  CLI::App app(kDescription, argc > 0 ? argv[0] : "revenant report");
  app.footer(kExamples);
  app.add_option("inputs", request.inputs,
                 "Folders of runs or scenarios, and Google Benchmark JSON files")
      ->required()
      ->type_name("RUN-FOLDER|BENCH.json...");
  ReportFormat format = ReportFormat::html;
  app.add_option("--out", out,
                 "Folder for report.html and charts/, made if need be. Default: the run folder, if "
                 "it is the only input, else ./revenant-report")
      ->type_name("DIR");
  app.add_option("--format", format,
                 "html (the default), pdf (report.html printed to report.pdf beside it), text, "
                 "markdown; the last two are without charts, on standard output, and write no file")
      ->type_name("FORMAT")
      ->transform(CLI::CheckedTransformer(formats()).description(""));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return exit_of(app, error);
  }
  const bool in_words = format == ReportFormat::text || format == ReportFormat::markdown;
  if (!out.empty() && in_words) {
    std::fprintf(stderr,
                 "revenant report: --format text and markdown go to standard output; leave --out "
                 "away\n");
    return kUsage;
  }
  if (!out.empty()) request.out = out;
  try {
    if (!in_words) return write_report(request, format);
    return print_to_stdout(report_in_words(request.inputs, format));
  } catch (const InputError& error) {
    std::fprintf(stderr, "revenant report: %s\n", error.what());
    return kUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "revenant report: %s\n", error.what());
    return kFailed;
  }
}

}  // namespace revenant::reports
