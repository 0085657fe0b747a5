// From the files that are named to a page and its charts.
//
// All inputs are read before anything is written: where one is unusable, nothing has changed. One
// thread; waits for gnuplot.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace revenant::reports {

enum class ReportFormat { html, pdf, markdown, text };

struct ReportRequest {
  std::vector<std::filesystem::path> inputs;  // as page_inputs.h reads them
  std::optional<std::filesystem::path> out;   // default: see default_folder
};

struct ReportResult {
  std::filesystem::path page;         // OUT/report.html
  std::vector<std::string> problems;  // what the page lacks, as sentences; it says so itself
};

// The folder of the run or scenario where that is the only input, else ./revenant-report.
std::filesystem::path default_folder(const std::vector<std::filesystem::path>& inputs);

// The report as text or as Markdown, without charts; writes nothing. Throws InputError.
std::string report_in_words(const std::vector<std::filesystem::path>& inputs, ReportFormat format);

// Writes OUT/report.html and OUT/charts/. Throws InputError for an unusable input and
// std::system_error (std::filesystem::filesystem_error among them) where OUT cannot be written.
ReportResult make_report(const ReportRequest& request);

}  // namespace revenant::reports
