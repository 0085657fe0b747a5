// The goals of the project's speed, as measurements. Each file beside this one measures some.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/src/effort.h"
#include "bench/src/goals/row.h"
#include "bench/src/throughput/echo_load.h"
#include "revenant/worker.h"

namespace revenant::bench::goals {

struct GoalSettings {
  Effort effort;
  // What the workers run where the task is to cost nothing: returns the payload's first eight
  // bytes. Tests plant a slow one.
  WorkerFunction no_op = echo_number;
  // The `revenant` command, which some goals run.
  std::string command = "/proc/self/exe";
};

// One function measures one goal, or some that need the same arms. An exception that leaves it
// means that none of its rows could be measured.
struct Goal {
  std::vector<int> numbers;
  std::string_view title;
  Rows (*measure)(const GoalSettings& settings);
};

[[nodiscard]] std::span<const Goal> all_goals();

[[nodiscard]] Rows measure_small_tasks(const GoalSettings& settings);       // 1
[[nodiscard]] Rows measure_payloads(const GoalSettings& settings);          // 2
[[nodiscard]] Rows measure_one_at_a_time(const GoalSettings& settings);     // 3
[[nodiscard]] Rows measure_cost_of_a_task(const GoalSettings& settings);    // 4
[[nodiscard]] Rows measure_death(const GoalSettings& settings);             // 5 and 6
[[nodiscard]] Rows measure_replacement(const GoalSettings& settings);       // 7
[[nodiscard]] Rows measure_large_supervisor(const GoalSettings& settings);  // 8
[[nodiscard]] Rows measure_many_workers(const GoalSettings& settings);      // 9
[[nodiscard]] Rows measure_memory(const GoalSettings& settings);            // 10
[[nodiscard]] Rows measure_idle(const GoalSettings& settings);              // 11
[[nodiscard]] Rows measure_goodput(const GoalSettings& settings);           // 12
[[nodiscard]] Rows measure_utilisation(const GoalSettings& settings);       // 13
[[nodiscard]] Rows measure_protocol(const GoalSettings& settings);          // 14
[[nodiscard]] Rows measure_checkers(const GoalSettings& settings);          // 15
[[nodiscard]] Rows measure_peers(const GoalSettings& settings);             // 16

}  // namespace revenant::bench::goals
