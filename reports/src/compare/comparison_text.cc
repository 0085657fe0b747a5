#include <fmt/format.h>

#include <algorithm>

#include "reports/src/compare/cells.h"
#include "reports/src/compare/comparison_report.h"

namespace revenant::reports::compare {
namespace {

constexpr const char* kRed = "\x1b[31m";
constexpr const char* kGreen = "\x1b[32m";
constexpr const char* kYellow = "\x1b[33m";
constexpr const char* kPlain = "\x1b[0m";
constexpr std::size_t kLeftOutMax = 10;

// Characters on the screen: bytes of UTF-8 that begin one.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
  const std::string space(width - std::min(width, width_of(text)), ' ');
  return to_the_right ? space + text : text + space;
}

const char* colour_of(Answer answer) {
  if (answer == Answer::faster) return kGreen;
  if (answer == Answer::slower) return kRed;
  return answer == Answer::too_few ? kYellow : "";
}

const char* colour_of(int exit_code) {
  return exit_code == 0 ? kGreen : exit_code == 1 ? kRed : kYellow;
}

std::string painted(const std::string& text, const char* colour, Colour mode) {
  return mode == Colour::none || *colour == '\0' ? text : colour + text + kPlain;
}

std::string table_of(const ComparisonReport& report, Colour mode) {
  std::vector<Cells> lines;
  Cells& headings = lines.emplace_back();
  std::copy(kHeadings.begin(), kHeadings.end(), headings.begin());
  for (const Row& row : report.rows) lines.push_back(cells_of(row, report));
  std::array<std::size_t, kHeadings.size()> widths{};
  for (const Cells& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], width_of(line[i]));
  }
  std::string text;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
      text += padded(lines[l][i], widths[i], i > 0) + "  ";
    }
    const char* colour = l == 0 ? "" : colour_of(report.rows[l - 1].answer);
    text += painted(lines[l].back(), colour, mode) + "\n";
  }
  return text;
}

}  // namespace

std::string as_text(const ComparisonReport& report, Colour mode) {
  std::string text = fmt::format("A  {}\nB  {}\n\n", report.a, report.b);
  if (!report.rows.empty()) {
    text += table_of(report, mode) + "\n";
    for (const std::string& line : legend_of(report)) text += line + "\n";
  }
  text += report.method + "\n";
  for (const std::string& note : report.notes) text += note + "\n";
  for (std::size_t i = 0; i < report.left_out.size(); ++i) {
    if (i == kLeftOutMax) {
      text += fmt::format("left out: {} more\n", report.left_out.size() - i);
      break;
    }
    text += fmt::format("left out: {} {}\n", report.left_out[i].name, report.left_out[i].why);
  }
  for (const GateResult& gate : report.gates) {
    text += fmt::format("\ngate '{}'\n", gate.gate.text);
    for (const std::string& line : gate_lines(gate)) text += "  " + line + "\n";
  }
  text += "\n" + painted(report.conclusion.sentence, colour_of(report.conclusion.exit_code), mode);
  return text + "\n";
}

}  // namespace revenant::reports::compare
