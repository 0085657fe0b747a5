#include "bench/src/memory/pool_memory.h"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/start/start.h"
#include "bench/src/throughput/noop.h"
#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

constexpr std::size_t kMeasuredPayloadBytes = 56;
// Each worker's ring takes so many tasks, so that every worker gets its share.
constexpr std::size_t kShare = 64;
constexpr std::uint64_t kTasksOfEach = 4096;

struct Sizes {
  double proportional = 0;
  double unshared = 0;
};

double kib_of(std::string_view text, std::string_view label) {
  const std::size_t at = text.find(label);
  if (at == std::string_view::npos) return 0;
  return static_cast<double>(std::strtoull(text.data() + at + label.size(), nullptr, 10));
}

Sizes sizes_of(pid_t pid) {
  const auto text = os::read_small_file("/proc/" + std::to_string(pid) + "/smaps_rollup");
  if (!text) throw std::runtime_error("the memory of a process of the pool could not be read");
  return {.proportional = kib_of(*text, "\nPss:"),
          .unshared = kib_of(*text, "\nPrivate_Clean:") + kib_of(*text, "\nPrivate_Dirty:")};
}

Sizes mean_of(const std::vector<pid_t>& pids) {
  Sizes sum;
  for (const pid_t pid : pids) {
    const Sizes sizes = sizes_of(pid);
    sum.proportional += sizes.proportional;
    sum.unshared += sizes.unshared;
  }
  const auto count = static_cast<double>(pids.size());
  return {.proportional = sum.proportional / count, .unshared = sum.unshared / count};
}

}  // namespace

PoolMemory measure_pool_memory(std::size_t workers) {
  std::vector<pid_t> pids;
  pid_t nursery = -1;
  PoolOptions options;
  options.workers = workers;
  options.spares = 0;
  options.prefetch_max = kShare;
  options.observer = [&](const Event& event) {
    if (event.kind == EventKind::ready) pids.push_back(event.pid);
    if (event.kind == EventKind::nursery_started) nursery = event.pid;
  };
  NoopPool pool(options, kShare * workers, kMeasuredPayloadBytes);
  wait_ready(pool.pool(), workers);
  if (pids.size() != workers) throw std::runtime_error("a worker was replaced while it started");
  const Sizes idle = mean_of(pids);
  PoolMemory memory{.worker = idle.proportional,
                    .worker_private = idle.unshared,
                    .nursery = sizes_of(nursery).proportional,
                    .supervisor = sizes_of(::getpid()).proportional};
  if (!pool.warm_up(kTasksOfEach * workers) || !pool.finish()) {
    throw std::runtime_error(pool.error());
  }
  memory.worker_used = mean_of(pids).proportional;
  return memory;
}

double measure_supervisor_growth(std::uint64_t tasks, const WorkerFunction& function) {
  PoolOptions options;
  options.workers = 1;
  NoopPool pool(options, kWindow, kMeasuredPayloadBytes, function);
  if (!pool.warm_up(tasks / 10)) throw std::runtime_error(pool.error());
  const double before = sizes_of(::getpid()).proportional;
  if (!pool.run(tasks)) throw std::runtime_error(pool.error());
  const double after = sizes_of(::getpid()).proportional;
  if (!pool.finish()) throw std::runtime_error(pool.error());
  return after - before;
}

void memory(benchmark::State& state) {
  PoolMemory memory{};
  while (state.KeepRunning()) {
    const os::TimePoint begin = os::now();
    memory = measure_pool_memory(static_cast<std::size_t>(state.range(0)));
    state.SetIterationTime(std::chrono::duration<double>(os::now() - begin).count());
  }
  state.counters["worker_kib"] = memory.worker;
  state.counters["worker_private_kib"] = memory.worker_private;
  state.counters["worker_used_kib"] = memory.worker_used;
  state.counters["nursery_kib"] = memory.nursery;
  state.counters["supervisor_kib"] = memory.supervisor;
}

}  // namespace revenant::bench
