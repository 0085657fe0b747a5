#include "bench/src/peers/peer_answer.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace revenant::bench::peers {
namespace {

using nlohmann::json;

constexpr std::size_t kShownMax = 200;

template <typename Read>
auto read(const std::string& answer, Read read) {
  try {
    return read(json::parse(answer));
  } catch (const std::exception& problem) {
    throw std::runtime_error("its answer \"" + answer.substr(0, kShownMax) +
                             "\" makes no sense: " + problem.what());
  }
}

void require(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

}  // namespace

double speed_in(const std::string& answer) {
  return read(answer, [](const json& object) {
    const double tasks = object.at("tasks");
    const double seconds = object.at("seconds");
    require(tasks >= 1 && seconds > 0, "no task, or no time");
    return tasks / seconds;
  });
}

Kill kill_in(const std::string& answer, std::string_view arm) {
  return read(answer, [&](const json& object) {
    Kill kill;
    kill.arm = arm;
    kill.tasks = object.at("tasks");
    kill.completed = object.at("completed");
    kill.failed = object.at("failed");
    require(kill.completed + kill.failed <= kill.tasks, "more outcomes than tasks");
    kill.unanswered = kill.tasks - kill.completed - kill.failed;
    kill.next_result_ms = object.at("next_result_ms");
    kill.new_worker_ms = object.at("new_worker_ms");
    kill.workers_after = object.at("workers_afterwards");
    kill.program_ended = object.at("program_ended");
    kill.survives = kill.program_ended.empty() &&
                    object.at("completed_afterwards") == object.at("tasks_afterwards");
    return kill;
  });
}

}  // namespace revenant::bench::peers
