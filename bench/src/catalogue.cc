#include "bench/src/catalogue.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/recovery/recovery.h"
#include "bench/src/throughput/noop.h"

namespace revenant::bench {
namespace {

using benchmark::internal::Benchmark;
using Body = std::function<void(benchmark::State&)>;

const std::vector<std::int64_t> kWorkers{1, 2, 4, 8, 16};
const std::vector<std::int64_t> kPayloads{64, 4096};

// An exception ends the run that it left with an error row; the other benchmarks go on.
Benchmark* add(const std::string& name, Body body) {
  return benchmark::RegisterBenchmark(name.c_str(),
                                      [body = std::move(body)](benchmark::State& state) {
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

void add_throughput(const std::string& name, Body body, const Settings& settings,
                    const std::vector<std::string>& parameters,
                    const std::vector<std::vector<std::int64_t>>& values) {
  Benchmark* const benchmark = add(name, std::move(body));
  benchmark->ArgNames(parameters)->ArgsProduct(values)->UseRealTime();
  if (settings.own_min_time) benchmark->MinTime(settings.effort.min_time_seconds);
  repeat(benchmark, settings, settings.effort.repetitions);
}

void add_latency(const std::string& name, Body body, const Settings& settings,
                 std::int64_t samples) {
  Benchmark* const benchmark = add(name, std::move(body));
  benchmark->Iterations(samples)->UseManualTime()->Unit(benchmark::kMicrosecond);
  repeat(benchmark, settings, settings.effort.repetitions);
}

void add_recovery(const std::string& name, const RecoveryQuestion& question,
                  const Settings& settings) {
  Benchmark* const benchmark =
      add(name, [question](benchmark::State& state) { recovery(state, question); });
  benchmark->ArgNames({"workers"})->ArgsProduct({kWorkers});
  benchmark->Iterations(settings.effort.kills)->UseManualTime()->Unit(benchmark::kMicrosecond);
  repeat(benchmark, settings, settings.effort.recovery_repetitions);
}

}  // namespace

void register_benchmarks(const Settings& settings) {
  const Effort& effort = settings.effort;
  add_throughput("floor/ring_pair", ring_pair, settings, {"payload"}, {kPayloads});
  add_throughput("floor/socketpair_stream", socketpair_stream, settings, {"payload"}, {kPayloads});
  add_latency("floor/shm_round_trip", shm_round_trip, settings, effort.spinning_round_trips);
  add_latency("floor/futex_round_trip", futex_round_trip, settings, effort.sleeping_round_trips);
  add_latency("floor/socketpair_round_trip", socketpair_round_trip, settings,
              effort.sleeping_round_trips);
  add_latency("floor/fork_first_message", fork_first_message, settings, effort.processes);
  add_latency("floor/kill_to_pidfd", kill_to_pidfd, settings, effort.processes);
  add_latency("floor/kill_to_robust_futex", kill_to_robust_futex, settings, effort.processes);

  add_throughput("throughput/noop", noop_throughput, settings, {"workers", "payload"},
                 {kWorkers, kPayloads});

  add_recovery("recovery", {.work = Work::spin, .spares = 1}, settings);
  add_recovery("recovery_idle_processors", {.work = Work::wait, .spares = 1}, settings);
  add_recovery("recovery_no_spare", {.work = Work::spin, .spares = 0}, settings);
}

}  // namespace revenant::bench
