#include <nlohmann/json.hpp>

#include "chaos/src/matrix/table.h"

namespace revenant::chaos {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const Cell& cell) {
  switch (cell.state) {
    case Cell::State::not_run:
      return {{"state", "not-run"}, {"why", cell.why}};
    case Cell::State::no_victim:
      return {{"state", "no-victim"}};
    case Cell::State::judged:
      break;
  }
  return {{"state", "judged"},
          {"text", cell_text(cell)},
          {"verdict", cell.ruling},
          {"findings", cell.findings},
          {"tasks", cell.tasks},
          {"failed", cell.failed},
          {"open", cell.open},
          {"faults", cell.faults},
          {"blast_radius", cell.blast_radius()},
          {"workers_at_start", cell.workers_at_start},
          {"workers_at_end", cell.workers_at_end},
          {"run_folder", cell.run_folder},
          {"reproduce", cell.reproduce}};
}

}  // namespace

std::string json_table(const Matrix& matrix) {
  ordered_json json = {{"faults", ordered_json::array()}, {"pools", ordered_json::array()}};
  for (const Experiment& column : matrix.columns) {
    json["faults"].push_back(
        {{"name", column.name}, {"does", column.question}, {"options", column.options}});
  }
  for (const Row& row : matrix.rows) {
    ordered_json pool = {{"name", row.adapter.name}, {"version", row.adapter.version}};
    if (!row.adapter.absent.empty()) pool["absent"] = row.adapter.absent;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      pool["cells"][std::string(matrix.columns[i].name)] = json_of(row.cells[i]);
    }
    json["pools"].push_back(std::move(pool));
  }
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace revenant::chaos
