#include "chaos/src/matrix/table_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace revenant::chaos {

std::vector<std::string> table_heading(const Matrix& matrix) {
  std::vector<std::string> heading = {"pool"};
  for (const Experiment& column : matrix.columns) heading.emplace_back(column.name);
  heading.emplace_back("harm");
  return heading;
}

std::vector<std::string> table_row(const Row& row) {
  std::vector<std::string> texts = {row.adapter.name};
  double worst = 0;
  for (const Cell& cell : row.cells) {
    texts.push_back(cell_text(cell));
    worst = std::max(worst, cell.blast_radius());
  }
  if (!row.cells.empty()) texts.push_back(fmt::format("{:.0f}", worst));
  return texts;
}

std::vector<std::string> table_notes(const Matrix& matrix) {
  std::vector<std::string> notes;
  for (const Experiment& column : matrix.columns) {
    notes.push_back(fmt::format("{}: {}", column.name, column.question));
  }
  notes.emplace_back("harm: tasks lost or failed by one fault, in the worst column");
  for (const Row& row : matrix.rows) {
    if (!row.adapter.absent.empty()) {
      notes.push_back(fmt::format("{} was left out: {}", row.adapter.name, row.adapter.absent));
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].state != Cell::State::not_run) continue;
      notes.push_back(fmt::format("{} {} was not run: {}", row.adapter.name, matrix.columns[i].name,
                                  row.cells[i].why));
    }
  }
  return notes;
}

}  // namespace revenant::chaos
