#include "chaos/src/matrix/golden.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace revenant::chaos {
namespace {

using nlohmann::json;

json read_golden(const Adapter& adapter) {
  if (adapter.folder.empty()) return json::object();
  const std::string path = adapter.folder + "/verdicts.json";
  std::ifstream file(path);
  if (!file) throw std::invalid_argument(path + ": cannot be read");
  auto golden = json::parse(file, nullptr, false);
  if (!golden.is_object()) throw std::invalid_argument(path + ": not a JSON object");
  return golden;
}

// Empty if the cell is as it is known.
std::string difference(const Cell& cell, const json& known) {
  if (cell.state == Cell::State::not_run) return "it was not run: " + cell.why;
  if (!known.is_object()) return "verdicts.json does not say what it is";
  for (const auto& [kind, how_often] : known.items()) {
    const bool found = std::ranges::find(cell.findings, kind) != cell.findings.end();
    if (how_often == "always" && !found) return fmt::format("{} was not found", kind);
  }
  for (const auto& kind : cell.findings) {
    if (!known.contains(kind)) return fmt::format("{} was found, which was not known", kind);
  }
  return {};
}

}  // namespace

std::vector<std::string> differences(const Matrix& matrix) {
  std::vector<std::string> all;
  for (const Row& row : matrix.rows) {
    const json golden = read_golden(row.adapter);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string name(matrix.columns[i].name);
      const json known = row.adapter.folder.empty() ? json::object() : golden.value(name, json());
      const std::string what = difference(row.cells[i], known);
      if (what.empty()) continue;
      all.push_back(
          fmt::format("{} {}: {} ({})", row.adapter.name, name, what, row.cells[i].reproduce));
    }
  }
  return all;
}

}  // namespace revenant::chaos
