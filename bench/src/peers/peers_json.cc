#include "bench/src/peers/peers_json.h"

#include <nlohmann/json.hpp>

#include "bench/src/peers/arms.h"

namespace revenant::bench::peers {
namespace {

using Json = nlohmann::ordered_json;

std::string row_name(const Cell& cell) {
  return "peers/" + std::string(to_string(cell.work)) + "/" + cell.arm +
         "/workers:" + std::to_string(cell.workers);
}

void add_rows(const Cell& cell, Json& rows) {
  const std::string name = row_name(cell);
  const auto row = [&](std::size_t index) {
    return Json{{"name", name},
                {"run_name", name},
                {"run_type", "iteration"},
                {"repetitions", cell.tasks_per_second.size()},
                {"repetition_index", index},
                {"threads", 1}};
  };
  if (!cell.error.empty()) {
    Json error = row(0);
    error["error_occurred"] = true;
    error["error_message"] = cell.error;
    rows.push_back(std::move(error));
    return;
  }
  for (std::size_t i = 0; i < cell.tasks_per_second.size(); ++i) {
    Json sample = row(i);
    sample["iterations"] = 1;
    sample["real_time"] = 1e9 / cell.tasks_per_second[i];
    sample["cpu_time"] = 0;
    sample["time_unit"] = "ns";
    sample["items_per_second"] = cell.tasks_per_second[i];
    rows.push_back(std::move(sample));
  }
}

Json estimate(const Estimate& value) {
  return {{"median", value.median}, {"low", value.low}, {"high", value.high}};
}

Json described(const Comparison& comparison) {
  Json object{{"arm", comparison.arm},
              {"title", find_arm(comparison.arm)->title},
              {"own_arm", comparison.own_arm},
              {"work", to_string(comparison.work)},
              {"workers", comparison.workers}};
  if (!comparison.error.empty()) {
    object["error"] = comparison.error;
    return object;
  }
  object["tasks_per_second"] = estimate(comparison.tasks_per_second);
  object["ratio"] = estimate(comparison.ratio);
  return object;
}

Json described(const Kill& kill) {
  Json object{{"arm", kill.arm}, {"title", find_arm(kill.arm)->title}};
  if (!kill.error.empty()) {
    object["error"] = kill.error;
    return object;
  }
  object.update({{"tasks", kill.tasks},
                 {"completed", kill.completed},
                 {"failed", kill.failed},
                 {"unanswered", kill.unanswered},
                 {"next_result_ms", kill.next_result_ms},
                 {"new_worker_ms", kill.new_worker_ms},
                 {"survives", kill.survives},
                 {"workers_afterwards", kill.workers_after},
                 {"program_ended", kill.program_ended}});
  return object;
}

template <typename Items>
Json array_of(const Items& items) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(described(item));
  return array;
}

}  // namespace

std::string json_text(const Context& context, const Results& results,
                      const std::vector<Comparison>& comparisons) {
  Json root;
  root["context"] = Json::object();
  for (const auto& [key, value] : context) root["context"][key] = value;
  root["benchmarks"] = Json::array();
  for (const Cell& cell : results.cells) add_rows(cell, root["benchmarks"]);
  Json& section = root["peers"] = Json::object();
  section["speeds"] = array_of(comparisons);
  section["kills"] = array_of(results.kills);
  section["versions"] = Json::object();
  for (const Version& version : results.versions) section["versions"][version.arm] = version.text;
  section["absent"] = Json::object();
  for (const Absent& absent : results.absent) section["absent"][absent.arm] = absent.reason;
  // A program's words may be in any encoding.
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace revenant::bench::peers
