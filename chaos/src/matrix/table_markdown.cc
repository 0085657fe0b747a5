#include <fmt/format.h>

#include "chaos/src/matrix/table.h"
#include "chaos/src/matrix/table_rows.h"

namespace revenant::chaos {
namespace {

// A version or a reason comes from a stranger's program: it must not end a cell.
std::string markdown_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '<' || c == '`') out += '\\';
    out += c;
  }
  return out;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const auto& cell : cells) line += ' ' + markdown_escaped(cell) + " |";
  return line + '\n';
}

}  // namespace

std::string markdown_table(const Matrix& matrix) {
  const auto heading = table_heading(matrix);
  std::string text = line_of(heading) + "|";
  for (std::size_t i = 0; i < heading.size(); ++i) text += "---|";
  text += '\n';
  for (const Row& row : matrix.rows) {
    if (row.adapter.absent.empty()) text += line_of(table_row(row));
  }
  text += '\n';
  for (const auto& note : table_notes(matrix)) text += "- " + markdown_escaped(note) + '\n';
  return text;
}

}  // namespace revenant::chaos
