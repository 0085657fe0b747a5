#include "bench/src/goals/goals.h"

#include <array>

namespace revenant::bench::goals {

std::span<const Goal> all_goals() {
  static const std::array kGoals{
      Goal{{1}, "no-op tasks", measure_small_tasks},
      Goal{{2}, "payloads", measure_payloads},
      Goal{{3}, "one task at a time", measure_one_at_a_time},
      Goal{{4}, "system calls and allocations a task", measure_cost_of_a_task},
      Goal{{9}, "a thousand workers", measure_many_workers},
  };
  return kGoals;
}

}  // namespace revenant::bench::goals
