#include "bench/src/catalogue.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/progress.h"
#include "bench/src/recovery/recovery.h"
#include "bench/src/throughput/noop.h"

namespace revenant::bench {
namespace {

using benchmark::internal::Benchmark;
using Body = std::function<void(benchmark::State&)>;

const std::vector<std::int64_t> kWorkers{1, 2, 4, 8, 16};
const std::vector<std::int64_t> kPayloads{64, 4096};

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

void repeat(Benchmark* benchmark, const Settings& settings, int repetitions) {
  if (settings.own_repetitions) benchmark->Repetitions(repetitions);
}

void add_throughput(const std::string& family, const Names& parameters,
                    const std::vector<std::vector<std::int64_t>>& values, Body body,
                    const Settings& settings) {
  Benchmark* const benchmark = add(family, parameters, std::move(body));
  benchmark->ArgNames(parameters)->ArgsProduct(values)->UseRealTime();
  if (settings.own_min_time) benchmark->MinTime(settings.effort.min_time_seconds);
  repeat(benchmark, settings, settings.effort.repetitions);
}

void add_latency(const std::string& name, std::int64_t samples, Body body,
                 const Settings& settings) {
  Benchmark* const benchmark = add(name, {}, std::move(body));
  benchmark->Iterations(samples)->UseManualTime()->Unit(benchmark::kMicrosecond);
  repeat(benchmark, settings, settings.effort.repetitions);
}

void add_recovery(const std::string& family, const RecoveryQuestion& question,
                  const Settings& settings) {
  const Names parameters{"workers"};
  Benchmark* const benchmark =
      add(family, parameters, [question](benchmark::State& state) { recovery(state, question); });
  benchmark->ArgNames(parameters)->ArgsProduct({kWorkers});
  benchmark->Iterations(settings.effort.kills)->UseManualTime()->Unit(benchmark::kMicrosecond);
  repeat(benchmark, settings, settings.effort.recovery_repetitions);
}

}  // namespace

void register_benchmarks(const Settings& settings) {
  const Effort& effort = settings.effort;
  add_throughput("floor/ring_pair", {"payload"}, {kPayloads}, ring_pair, settings);
  add_throughput("floor/socketpair_stream", {"payload"}, {kPayloads}, socketpair_stream, settings);
  add_latency("floor/shm_round_trip", effort.spinning_round_trips, shm_round_trip, settings);
  add_latency("floor/futex_round_trip", effort.sleeping_round_trips, futex_round_trip, settings);
  add_latency("floor/socketpair_round_trip", effort.sleeping_round_trips, socketpair_round_trip,
              settings);
  add_latency("floor/fork_first_message", effort.processes, fork_first_message, settings);
  for (const VictimState victim : {VictimState::running, VictimState::sleeping}) {
    const std::string kill = victim == VictimState::running ? "floor/kill" : "floor/kill_sleeping";
    const auto with = [victim](auto floor) {
      return [victim, floor](benchmark::State& state) { floor(state, victim); };
    };
    add_latency(kill + "_to_pidfd", effort.processes, with(kill_to_pidfd), settings);
    add_latency(kill + "_to_robust_futex", effort.processes, with(kill_to_robust_futex), settings);
  }

  add_throughput("throughput/noop", {"workers", "payload"}, {kWorkers, kPayloads}, noop_throughput,
                 settings);

  add_recovery("recovery", {.work = Work::spin, .spares = 1}, settings);
  add_recovery("recovery_idle_processors", {.work = Work::wait, .spares = 1}, settings);
  add_recovery("recovery_no_spare", {.work = Work::spin, .spares = 0}, settings);
}

}  // namespace revenant::bench
