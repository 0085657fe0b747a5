#include "bench/src/counts/task_cost.h"

#include <new>
#include <stdexcept>

#include "bench/src/counts/system_calls.h"
#include "bench/src/floor/floors.h"
#include "bench/src/throughput/noop.h"
#include "pool/os/clock.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

constexpr std::size_t kCountedPayloadBytes = 56;

struct Counts {
  alignas(64) AllocationCount supervisor{0};
  alignas(64) AllocationCount workers{0};
};

class CountingHere {
 public:
  explicit CountingHere(AllocationCount& count) { count_allocations_in(&count); }
  CountingHere(const CountingHere&) = delete;
  CountingHere& operator=(const CountingHere&) = delete;
  ~CountingHere() { count_allocations_in(nullptr); }
};

}  // namespace

TaskCost count_task_cost(std::size_t workers, std::uint64_t tasks, const WorkerFunction& function) {
  const os::SharedRegion region(sizeof(Counts));
  Counts& counts = *new (region.data()) Counts;
  const SystemCallCounter calls;
  const CountingHere counting(counts.supervisor);
  PoolOptions options;
  options.workers = workers;
  options.on_worker_start = [&counts] { count_allocations_in(&counts.workers); };
  NoopPool pool(options, kWindow, kCountedPayloadBytes, function);
  if (!pool.warm_up(tasks / 4)) throw std::runtime_error(pool.error());

  const std::uint64_t in_supervisor = counts.supervisor.load();
  const std::uint64_t in_workers = counts.workers.load();
  const std::uint64_t calls_before = calls.read();
  if (!pool.run(tasks)) throw std::runtime_error(pool.error());
  const std::uint64_t calls_after = calls.read() - 1;  // Reading is one.
  const auto per_task = [tasks](std::uint64_t count) {
    return static_cast<double>(count) / static_cast<double>(tasks);
  };
  const TaskCost cost{.system_calls = per_task(calls_after - calls_before),
                      .allocations_supervisor = per_task(counts.supervisor.load() - in_supervisor),
                      .allocations_workers = per_task(counts.workers.load() - in_workers)};
  if (!pool.finish()) throw std::runtime_error(pool.error());
  return cost;
}

void system_calls(benchmark::State& state, std::uint64_t tasks) {
  TaskCost cost;
  while (state.KeepRunning()) {
    const os::TimePoint begin = os::now();
    cost = count_task_cost(static_cast<std::size_t>(state.range(0)), tasks, echo_number);
    state.SetIterationTime(std::chrono::duration<double>(os::now() - begin).count());
  }
  state.counters["calls_per_task"] = cost.system_calls;
  state.counters["allocations_per_task"] = cost.allocations_supervisor + cost.allocations_workers;
  state.counters["tasks"] = static_cast<double>(tasks);
}

}  // namespace revenant::bench
