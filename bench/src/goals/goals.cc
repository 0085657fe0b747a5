#include "bench/src/goals/goals.h"

#include <array>

namespace revenant::bench::goals {

std::span<const Goal> all_goals() {
  static const std::array kGoals{
      Goal{{1}, "no-op tasks", measure_small_tasks},
      Goal{{2}, "payloads", measure_payloads},
      Goal{{3}, "one task at a time", measure_one_at_a_time},
      Goal{{4}, "system calls and allocations a task", measure_cost_of_a_task},
      Goal{{5, 6}, "notice of a death, and the result of the victim's task", measure_death},
      Goal{{7}, "a replacement without a spare", measure_replacement},
      Goal{{8}, "a replacement from a large supervisor", measure_large_supervisor},
      Goal{{9}, "a thousand workers", measure_many_workers},
      Goal{{10}, "memory", measure_memory},
      Goal{{11}, "an idle pool", measure_idle},
      Goal{{12}, "goodput under kills", measure_goodput},
      Goal{{13}, "busy workers", measure_utilisation},
      Goal{{14}, "the protocol", measure_protocol},
      Goal{{15}, "the judge", measure_checkers},
      Goal{{16}, "peers", measure_peers},
  };
  return kGoals;
}

}  // namespace revenant::bench::goals
