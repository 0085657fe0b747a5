#include <fmt/format.h>

#include "reports/src/compare/cells.h"
#include "reports/src/compare/comparison_report.h"

namespace revenant::reports::compare {
namespace {

// Names are whatever a benchmark calls itself: none of it may become a table, a link or HTML.
std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<') {
      safe += "&lt;";
    } else if (c == '&') {
      safe += "&amp;";
    } else {
      if (std::string_view("\\`*_[]|#!>~").find(c) != std::string_view::npos) safe += '\\';
      safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string as_markdown(const ComparisonReport& report) {
  std::string text = fmt::format("**{}**\n\n", escaped(report.conclusion.sentence));
  text += fmt::format("A: {}  \nB: {}\n\n", escaped(report.a), escaped(report.b));
  if (!report.rows.empty()) {
    for (const char* heading : kHeadings) text += fmt::format("| {} ", heading);
    text += "|\n|---|--:|--:|--:|--:|--:|---|\n";
    for (const Row& row : report.rows) {
      for (const std::string& cell : cells_of(row, report)) text += "| " + escaped(cell) + " ";
      text += "|\n";
    }
    text += "\n";
    for (const std::string& line : legend_of(report)) text += escaped(line) + "\n";
  }
  text += escaped(report.method) + "\n";
  for (const std::string& note : report.notes) text += escaped(note) + "\n";
  if (!report.left_out.empty()) text += "\n";
  for (const LeftOut& left : report.left_out) {
    text += fmt::format("- left out: {} {}\n", escaped(left.name), escaped(left.why));
  }
  for (const GateResult& gate : report.gates) {
    text += fmt::format("\nGate {}: {}\n\n", escaped(gate.gate.text), outcome_text(gate.outcome));
    for (const std::string& line : gate_lines(gate)) text += "- " + escaped(line) + "\n";
  }
  return text;
}

}  // namespace revenant::reports::compare
