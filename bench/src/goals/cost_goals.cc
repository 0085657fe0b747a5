// Goal 4: what a task costs that can be counted: system calls and heap allocations.
#include <algorithm>
#include <new>
#include <stdexcept>
#include <system_error>

#include "bench/src/counts/task_cost.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"

namespace revenant::bench::goals {
namespace {

const Bar kCalls{4,
                 "system calls a task, 64 tasks open, the worst of 1 to 64 workers",
                 Sense::at_most,
                 0.05,
                 0.02,
                 "calls"};
const Bar kAllocations{4,
                       "heap allocations a task in steady state, all processes, the worst of them",
                       Sense::at_most,
                       0,
                       std::nullopt,
                       "allocations"};

}  // namespace

Rows measure_cost_of_a_task(const GoalSettings& settings) {
  const std::uint64_t tasks = settings.effort.counted_tasks;
  double calls_max = 0;
  double allocations_max = 0;
  std::string calls, allocations;
  for (const std::size_t workers : {1, 2, 4, 8, 16, 64}) {
    const TaskCost cost = count_task_cost(workers, tasks, settings.no_op);
    const std::string name = (calls.empty() ? "" : ", ") + std::to_string(workers) + ": ";
    calls += name + figure(cost.system_calls);
    allocations +=
        name + figure(cost.allocations_supervisor) + " + " + figure(cost.allocations_workers);
    calls_max = std::max(calls_max, cost.system_calls);
    allocations_max =
        std::max(allocations_max, cost.allocations_supervisor + cost.allocations_workers);
  }
  const std::string counted = " (over " + std::to_string(tasks) + " tasks each)";
  return {exact_row(kCalls, calls_max, "workers: " + calls + counted),
          allocations_are_counted()
              ? exact_row(kAllocations, allocations_max,
                          "workers: supervisor + workers: " + allocations)
              : missing_row(kAllocations, "this build has a sanitizer's operator new")};
}

}  // namespace revenant::bench::goals
