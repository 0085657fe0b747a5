// Goals 10 and 11: what a pool costs that does nothing.
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/idle/idle_pool.h"
#include "bench/src/memory/pool_memory.h"

namespace revenant::bench::goals {

Rows measure_memory(const GoalSettings& settings) {
  constexpr std::size_t kWorkers = 64;
  const PoolMemory memory = measure_pool_memory(kWorkers);
  // Ten million in a full run.
  const std::uint64_t tasks = settings.effort.counted_tasks * 10;
  const double growth = measure_supervisor_growth(tasks, settings.no_op);
  return {exact_row({10, "memory of an idle worker, one of 64, proportional", Sense::at_most, 64,
                     48, "KiB"},
                    memory.worker,
                    "KiB; " + figure(memory.worker_private) +
                        " of them its own alone; after some thousand tasks " +
                        figure(memory.worker_used) + "; the nursery " + figure(memory.nursery)),
          exact_row({10, "growth of the supervisor over " + std::to_string(tasks) + " tasks",
                     Sense::at_most, 64, std::nullopt, "KiB"},
                    growth, "KiB")};
}

Rows measure_idle(const GoalSettings& settings) {
  constexpr std::size_t kWorkers = 8;
  const IdlePool idle = watch_idle_pool(kWorkers, settings.effort.idle_time);
  const double seconds = static_cast<double>(settings.effort.idle_time.count()) / 1000;
  return {exact_row({11, "context switches of an idle pool of 8 workers", Sense::at_most, 0,
                     std::nullopt, "switches"},
                    static_cast<double>(idle.context_switches),
                    "in " + figure(seconds) + " s, all threads of " +
                        std::to_string(idle.processes) + " processes")};
}

}  // namespace revenant::bench::goals
