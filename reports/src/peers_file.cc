#include "reports/src/peers_file.h"

#include <nlohmann/json.hpp>

#include "reports/src/json_file.h"

namespace revenant::reports {
namespace {

using nlohmann::json;

constexpr std::size_t kPeersMax = 200;

PeerEstimate estimate_at(const json& object, const char* key) {
  const json& estimate = object_at(object, key);
  return {number_at(estimate, "median").value_or(0), number_at(estimate, "low").value_or(0),
          number_at(estimate, "high").value_or(0)};
}

std::optional<PeerSpeed> speed_of(const json& object) {
  PeerSpeed speed;
  speed.title = text_at(object, "title");
  speed.work = text_at(object, "work");
  speed.workers = number_at(object, "workers").value_or(0);
  speed.per_s = estimate_at(object, "tasks_per_second");
  speed.ratio = estimate_at(object, "ratio");
  speed.is_own = text_at(object, "arm") == text_at(object, "own_arm");
  speed.error = text_at(object, "error");
  if (speed.title.empty()) return std::nullopt;
  if (speed.error.empty() && (speed.ratio.low <= 0 || speed.per_s.median <= 0)) return std::nullopt;
  return speed;
}

std::optional<PeerKill> kill_of(const json& object) {
  PeerKill kill;
  kill.title = text_at(object, "title");
  kill.tasks = number_at(object, "tasks").value_or(0);
  kill.completed = number_at(object, "completed").value_or(0);
  kill.failed = number_at(object, "failed").value_or(0);
  kill.unanswered = number_at(object, "unanswered").value_or(0);
  kill.next_result_ms = number_at(object, "next_result_ms").value_or(-1);
  kill.new_worker_ms = number_at(object, "new_worker_ms").value_or(-1);
  const auto survives = object.find("survives");
  kill.survives = survives != object.end() && survives->is_boolean() && survives->get<bool>();
  kill.workers_afterwards = number_at(object, "workers_afterwards").value_or(0);
  kill.program_ended = text_at(object, "program_ended");
  kill.error = text_at(object, "error");
  if (kill.title.empty()) return std::nullopt;
  return kill;
}

template <typename Row>
std::vector<Row> rows_at(const json& peers, const char* key,
                         std::optional<Row> (*read)(const json&)) {
  std::vector<Row> rows;
  for (const json& object : list_at(peers, key)) {
    if (!object.is_object() || rows.size() == kPeersMax) continue;
    if (auto row = read(object)) rows.push_back(std::move(*row));
  }
  return rows;
}

std::vector<std::pair<std::string, std::string>> facts_at(const json& peers, const char* key) {
  std::vector<std::pair<std::string, std::string>> facts;
  const json& object = object_at(peers, key);
  for (const auto& [name, value] : object.items()) {
    if (facts.size() < kPeersMax) facts.emplace_back(name, text_at(object, name.c_str()));
  }
  return facts;
}

}  // namespace

Peers read_peers(const json& file) {
  const json& peers = object_at(file, "peers");
  return {.speeds = rows_at(peers, "speeds", speed_of),
          .kills = rows_at(peers, "kills", kill_of),
          .versions = facts_at(peers, "versions"),
          .absent = facts_at(peers, "absent")};
}

}  // namespace revenant::reports
