#include "chaos/src/matrix/cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace revenant::chaos {
namespace {

// The findings of a verdict that stand in a cell as a word. Losses and failures are numbers, and a
// failure among innocents is told by the number.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kWords = {{
    {"target-crashed", "crashes"},
    {"stalled", "hangs"},
    {"duplicated", "answers twice"},
    {"corrupted", "wrong results"},
    {"unexpected", "stray results"},
    {"slow-recovery", "slow to recover"},
    {"orphan", "orphans"},
    {"zombie", "zombies"},
    {"unreadable", "breaks the protocol"},
    {"external-kill", "kills its own"},
}};

bool has(const Cell& cell, std::string_view kind) {
  return std::ranges::find(cell.findings, kind) != cell.findings.end();
}

}  // namespace

std::uint64_t Cell::lost() const {
  for (const std::string_view kind : {"lost", "poison", "stalled", "target-crashed", "shrunk"}) {
    if (has(*this, kind)) return open;
  }
  return 0;
}

double Cell::blast_radius() const {
  if (is_clean() || faults == 0) return 0;
  return static_cast<double>(failed + lost()) / static_cast<double>(faults);
}

Cell read_cell(const std::string& verdict_json) {
  const auto json = nlohmann::json::parse(verdict_json, nullptr, false);
  if (!json.is_object() || !json.contains("counts")) {
    throw std::invalid_argument("this is no verdict.json");
  }
  const auto& counts = json.at("counts");
  Cell cell;
  cell.state = Cell::State::judged;
  cell.ruling = json.value("verdict", "");
  for (const auto& finding : json.at("findings")) cell.findings.push_back(finding.at("kind"));
  cell.tasks = counts.value("tasks", std::uint64_t{0});
  cell.failed = counts.value("failed", std::uint64_t{0});
  cell.open = counts.value("open", std::uint64_t{0});
  cell.faults = counts.value("faults_installed", std::uint64_t{0});
  cell.workers_at_start = counts.value("workers_at_start", std::uint64_t{0});
  cell.workers_at_end = counts.value("workers_at_end", std::uint64_t{0});
  cell.run_folder = json.value("run_folder", "");
  cell.reproduce = json.value("reproduce", "");
  if (cell.findings == std::vector<std::string>{"too-few-faults"} && cell.faults == 0) {
    cell.state = Cell::State::no_victim;
  }
  return cell;
}

std::string cell_text(const Cell& cell) {
  if (cell.state == Cell::State::not_run) return "not run";
  if (cell.state == Cell::State::no_victim) return "no victim";
  if (cell.is_clean()) return "clean";
  std::vector<std::string> words;
  if (cell.lost() > 0) words.push_back(fmt::format("{} lost", cell.lost()));
  if (has(cell, "failed") || has(cell, "innocent-failed")) {
    words.push_back(fmt::format("{} failed", cell.failed));
  }
  for (const auto& [kind, word] : kWords) {
    if (has(cell, kind)) words.emplace_back(word);
  }
  if (has(cell, "shrunk")) {
    words.push_back(
        fmt::format("{} of {} workers left", cell.workers_at_end, cell.workers_at_start));
  }
  if (words.empty()) words.push_back(cell.ruling);
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace revenant::chaos
