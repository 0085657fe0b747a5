#include "bench/src/catalogue.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench/src/counts/task_cost.h"
#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/goodput/goodput.h"
#include "bench/src/memory/pool_memory.h"
#include "bench/src/progress.h"
#include "bench/src/recovery/one_kill.h"
#include "bench/src/recovery/recovery.h"
#include "bench/src/start/start.h"
#include "bench/src/throughput/noop.h"
#include "bench/src/throughput/one_at_a_time.h"
#include "bench/src/utilisation/utilisation.h"

namespace revenant::bench {
namespace {

using benchmark::internal::Benchmark;
using Body = std::function<void(benchmark::State&)>;

using Values = std::vector<std::int64_t>;
using Grid = std::vector<Values>;  // one list of values a parameter

const Values kFewWorkers{1, 2, 4, 8, 16};
const Values kManyWorkers{1, 2, 4, 8, 16, 64, 256, 1024};
const Values kPayloads{64, 4096};
const Values kCopiedPayloads{64, 512, 4096, 65'536, 1 << 20, 16 << 20};
const Values kSizesMib{1, 16, 64, 256, 1024};
const Values kCallerSizesMib{16, 256, 1024, 4096};

using Names = std::vector<std::string>;

// An exception ends the run that it left with an error row; the other benchmarks go on.
Benchmark* add(const std::string& family, const Names& parameters, Body body) {
  return benchmark::RegisterBenchmark(
      family.c_str(), [family, parameters, body = std::move(body)](benchmark::State& state) {
        std::string name = family;
        for (std::size_t i = 0; i < parameters.size(); ++i) {
          name += "/" + parameters[i] + ":" + std::to_string(state.range(i));
        }
        const ProgressLine progress(name);
        const NameForFailures named(name);
        if (skip_after_failure(state)) return;
        try {
          body(state);
        } catch (const std::exception& problem) {
          fail(state, problem.what());
        }
      });
}

// Of the library's calls for the same the last one holds.
void repeat(Benchmark* benchmark, const Settings& settings, int repetitions) {
  if (settings.own_repetitions) benchmark->Repetitions(repetitions);
}

void over(Benchmark* benchmark, const Names& parameters, const std::vector<Grid>& grids) {
  benchmark->ArgNames(parameters);
  for (const Grid& grid : grids) benchmark->ArgsProduct(grid);
}

// Where grids overlap the library would run a point twice.
Benchmark* add_throughput(const std::string& family, const Names& parameters,
                          const std::vector<Grid>& grids, Body body, const Settings& settings) {
  Benchmark* const benchmark = add(family, parameters, std::move(body));
  over(benchmark, parameters, grids);
  benchmark->UseRealTime();
  if (settings.own_min_time) benchmark->MinTime(settings.effort.min_time_seconds);
  repeat(benchmark, settings, settings.effort.repetitions);
  return benchmark;
}

Benchmark* add_latency(const std::string& name, std::int64_t samples, Body body,
                       const Settings& settings, const Names& parameters = {}) {
  Benchmark* const benchmark = add(name, parameters, std::move(body));
  benchmark->Iterations(samples)->UseManualTime()->Unit(benchmark::kMicrosecond);
  repeat(benchmark, settings, settings.effort.repetitions);
  return benchmark;
}

void add_recovery(const std::string& family, const RecoveryQuestion& question,
                  const Settings& settings) {
  const Names parameters{"workers"};
  Benchmark* const benchmark =
      add(family, parameters, [question](benchmark::State& state) { recovery(state, question); });
  over(benchmark, parameters, {{kFewWorkers}});
  benchmark->Iterations(settings.effort.kills)->UseManualTime()->Unit(benchmark::kMicrosecond);
  repeat(benchmark, settings, settings.effort.recovery_repetitions);
}

Values up_to(std::int64_t max, Values values) {
  std::erase_if(values, [max](std::int64_t value) { return value > max; });
  return values;
}

std::size_t mib(std::int64_t count) { return static_cast<std::size_t>(count) << 20; }

using KillFloor = void (*)(benchmark::State&, const VictimKind&);

void add_kill_floors(const std::string& name_end, KillFloor floor, const Settings& settings) {
  const auto victim = [floor](const VictimKind& kind) {
    return [floor, kind](benchmark::State& state) { floor(state, kind); };
  };
  const Effort& effort = settings.effort;
  add_latency("floor/kill" + name_end, effort.processes, victim({}), settings);
  add_latency("floor/kill_sleeping" + name_end, effort.processes,
              victim({.state = VictimState::sleeping}), settings);
  const Names parameters{"victim_mib"};
  const auto sized = [floor](benchmark::State& state) {
    floor(state, {.resident_bytes = mib(state.range(0))});
  };
  for (const std::int64_t size : up_to(effort.victim_mib_max, kSizesMib)) {
    Benchmark* const benchmark = add_latency(
        "floor/kill" + name_end, effort.kills_of_size(mib(size)), sized, settings, parameters);
    over(benchmark, parameters, {{{size}}});
    repeat(benchmark, settings, effort.slow_repetitions);
  }
}

void add_one_kill(const Settings& settings) {
  const Names parameters{"workers", "spares", "victim_mib", "supervisor_mib"};
  const auto point = [&](const Grid& grid, std::size_t victim_bytes) {
    Benchmark* const benchmark = add("one_kill", parameters, one_kill);
    over(benchmark, parameters, {grid});
    benchmark->Iterations(settings.effort.kills_of_size(victim_bytes))
        ->UseManualTime()
        ->Unit(benchmark::kMicrosecond);
    repeat(benchmark, settings, settings.effort.slow_repetitions);
  };
  const Effort& effort = settings.effort;
  point({up_to(effort.workers_max, kManyWorkers), {1}, {0}, {0}}, 0);
  for (const std::int64_t size : up_to(effort.victim_mib_max, kSizesMib))
    point({{1}, {1}, {size}, {0}}, mib(size));
  point({{1}, {0}, {0}, up_to(effort.caller_mib_max, {0, 256, 1024, 4096})}, 0);
}

void add_start(const std::string& family, const Names& parameters, Body body,
               const Settings& settings) {
  Benchmark* const benchmark = add(family, parameters, std::move(body));
  over(benchmark, parameters, {{up_to(settings.effort.workers_max, kManyWorkers)}});
  benchmark->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);
  repeat(benchmark, settings, settings.effort.slow_repetitions);
}

// One measurement a repetition, which does its own warm-up.
void add_once(const std::string& family, const Names& parameters, const Values& values, Body body,
              const Settings& settings, int repetitions) {
  Benchmark* const benchmark = add(family, parameters, std::move(body));
  over(benchmark, parameters, {{values}});
  benchmark->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);
  repeat(benchmark, settings, repetitions);
}

// How much work gets done, and what it costs to have a pool.
void add_work_and_costs(const Settings& settings) {
  const std::chrono::duration<double> time(settings.effort.goodput_seconds);
  const std::chrono::duration<double> batch(settings.effort.min_time_seconds);
  const auto counted = static_cast<std::uint64_t>(settings.effort.counted_tasks);
  const int repetitions = settings.effort.slow_repetitions;
  constexpr int kOnce = 1;  // what is counted and not timed
  add_once(
      "goodput", {"kills_per_second"}, {0, 10, 50, 100, 200, 500, 1000},
      [time](benchmark::State& state) { goodput(state, time); }, settings, repetitions);
  add_once(
      "utilisation", {"task_us"}, {10, 100, 1000, 10'000, 100'000},
      [batch](benchmark::State& state) { utilisation(state, batch); }, settings, repetitions);
  add_once("memory", {"workers"}, up_to(settings.effort.workers_max, kManyWorkers), memory,
           settings, kOnce);
  add_once(
      "system_calls", {"workers"}, {1, 2, 4, 8, 16, 64},
      [counted](benchmark::State& state) { system_calls(state, counted); }, settings, kOnce);
}

}  // namespace

void register_benchmarks(const Settings& settings) {
  const Effort& effort = settings.effort;
  add_throughput("floor/ring_pair", {"payload"}, {{{8, 64, 512, 4096}}}, ring_pair, settings);
  add_throughput("floor/ring_pair_copy", {"payload"}, {{kCopiedPayloads}}, ring_pair_copy,
                 settings);
  add_throughput("floor/socketpair_stream", {"payload"}, {{kPayloads}}, socketpair_stream,
                 settings);
  add_latency("floor/shm_round_trip", effort.spinning_round_trips, shm_round_trip, settings);
  const auto futex = [](std::chrono::microseconds pause) {
    return [pause](benchmark::State& state) { futex_round_trip(state, pause); };
  };
  const auto pool = [](std::chrono::microseconds pause) {
    return [pause](benchmark::State& state) { one_at_a_time(state, pause); };
  };
  constexpr std::chrono::microseconds kNoPause{0};
  add_latency("floor/futex_round_trip", effort.sleeping_round_trips, futex(kNoPause), settings);
  add_latency("floor/futex_round_trip_after_pause", effort.paused_round_trips, futex(kAsleepAfter),
              settings);
  add_latency("round_trip/spinning", effort.spinning_round_trips, pool(kNoPause), settings);
  add_latency("round_trip/asleep", effort.paused_round_trips, pool(kAsleepAfter), settings);
  add_latency("floor/socketpair_round_trip", effort.sleeping_round_trips, socketpair_round_trip,
              settings);

  const Names caller{"caller_mib"};
  add_latency(
      "floor/fork_first_message", effort.processes,
      [](benchmark::State& state) { fork_first_message(state, 0); }, settings);
  Benchmark* const large_callers = add_latency(
      "floor/fork_first_message", effort.processes / 10 + 1,
      [](benchmark::State& state) { fork_first_message(state, mib(state.range(0))); }, settings,
      caller);
  over(large_callers, caller, {{up_to(effort.caller_mib_max, kCallerSizesMib)}});
  repeat(large_callers, settings, effort.slow_repetitions);
  add_kill_floors("_to_pidfd", kill_to_pidfd, settings);
  add_kill_floors("_to_robust_futex", kill_to_robust_futex, settings);
  add_start("start", {"workers"}, start, settings);
  add_start("floor/fork_loop", {"processes"}, fork_loop, settings);

  const Names load{"workers", "payload"};
  for (const std::int64_t workers : up_to(effort.workers_max, kManyWorkers)) {
    Benchmark* const benchmark =
        add_throughput("throughput/noop", load, {{{workers}, {64}}}, noop_throughput, settings);
    // Starting so many takes far longer than measuring them.
    if (workers > 64) repeat(benchmark, settings, effort.slow_repetitions);
  }
  add_throughput("throughput/noop", load,
                 {{kFewWorkers, {4096}}, {{1}, {8, 512, 65'536, 1 << 20, 16 << 20}}},
                 noop_throughput, settings);

  add_recovery("recovery", {.work = Work::spin, .spares = 1}, settings);
  add_recovery("recovery_idle_processors", {.work = Work::wait, .spares = 1}, settings);
  add_recovery("recovery_no_spare", {.work = Work::spin, .spares = 0}, settings);
  add_one_kill(settings);
  add_work_and_costs(settings);
}

}  // namespace revenant::bench
