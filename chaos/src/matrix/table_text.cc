#include <fmt/format.h>

#include <algorithm>

#include "chaos/src/matrix/table.h"
#include "chaos/src/matrix/table_rows.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kColumnWidthMax = 22;
constexpr const char* kGreen = "\x1b[32m";
constexpr const char* kRed = "\x1b[31m";
constexpr const char* kPlain = "\x1b[0m";

// The text's lines, broken after commas where it is too wide.
std::vector<std::string> wrapped(const std::string& text) {
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(", ", at), text.size());
    const std::string part = text.substr(at, comma - at) + (comma < text.size() ? "," : "");
    if (!lines.back().empty() && lines.back().size() + 1 + part.size() > kColumnWidthMax) {
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + part;
    at = comma + 2;
  }
  return lines;
}

struct TextRow {
  std::vector<std::vector<std::string>> cells;  // of lines
  std::vector<const char*> colours;
};

void append_row(std::string& text, const TextRow& row, const std::vector<std::size_t>& widths,
                bool colour) {
  std::size_t height = 1;
  for (const auto& cell : row.cells) height = std::max(height, cell.size());
  for (std::size_t line = 0; line < height; ++line) {
    std::string out;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string part = line < row.cells[i].size() ? row.cells[i][line] : "";
      const std::string padding(widths[i] - part.size() + 2, ' ');
      const bool painted = colour && i < row.colours.size() && row.colours[i] != nullptr;
      out += painted ? row.colours[i] + part + kPlain + padding : part + padding;
    }
    text += out.substr(0, out.find_last_not_of(' ') + 1) + '\n';
  }
}

}  // namespace

std::string terminal_table(const Matrix& matrix, const TableStyle& style) {
  std::vector<TextRow> rows(1);
  for (const auto& word : table_heading(matrix)) rows.front().cells.push_back({word});
  for (const Row& row : matrix.rows) {
    if (!row.adapter.absent.empty()) continue;
    TextRow out{.cells = {}, .colours = {nullptr}};
    for (const auto& word : table_row(row)) out.cells.push_back(wrapped(word));
    for (const Cell& cell : row.cells) {
      const bool judged = cell.state == Cell::State::judged;
      out.colours.push_back(!judged ? nullptr : cell.is_clean() ? kGreen : kRed);
    }
    rows.push_back(std::move(out));
  }
  std::vector<std::size_t> widths(rows.front().cells.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      for (const auto& line : row.cells[i]) widths[i] = std::max(widths[i], line.size());
    }
  }
  std::string text;
  for (const auto& row : rows) append_row(text, row, widths, style.colour);
  text += '\n';
  for (const auto& note : table_notes(matrix)) text += note + '\n';
  return text;
}

}  // namespace revenant::chaos
