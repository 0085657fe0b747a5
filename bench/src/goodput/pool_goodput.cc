#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>

#include "bench/src/failures.h"
#include "bench/src/goodput/goodput.h"
#include "bench/src/goodput/kill_times.h"
#include "bench/src/goodput/spin_task.h"
#include "bench/src/recovery/killer.h"
#include "bench/src/recovery/roster.h"
#include "bench/src/throughput/echo_load.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

// Two tasks a worker: there is always one to go on with.
constexpr std::size_t kWindow = 2 * kGoodputWorkers;
constexpr std::size_t kGoodputPayloadBytes = 64;
constexpr auto kGoodputReadyWithin = std::chrono::seconds(10);
constexpr auto kPollAtMost = std::chrono::milliseconds(1);

void goodput_task(std::string_view payload, std::string& value) {
  use_processor(kGoodputTask);
  echo_number(payload, value);
}

class GoodputRun {
 public:
  GoodputRun() : pool_(goodput_task, options()), load_(pool_, kWindow, kGoodputPayloadBytes) {
    const os::TimePoint until = os::now() + kGoodputReadyWithin;
    bool good = load_.start();
    while (good && pool_.workers_ready() < kGoodputWorkers + 1) {
      good = load_.poll_once(kPollAtMost) && os::now() < until;
    }
    if (!good) throw std::runtime_error("the pool was not ready within 10 s");
  }

  Goodput run(double kills_per_second, std::chrono::duration<double> time, std::uint64_t seed) {
    const os::TimePoint begin = os::now();
    const os::TimePoint end = begin + std::chrono::duration_cast<os::Nanoseconds>(time);
    KillTimes kills(kills_per_second, seed, begin);
    const std::uint64_t before = load_.delivered();
    std::uint64_t killed = 0;
    bool planned = false;
    for (os::TimePoint now = begin; now < end; now = os::now()) {
      if (planned && killer_.fired()) {
        if (killer_.fired()->reached) ++killed;
        planned = false;
      }
      if (!planned && kills.next() < end) planned = plan(kills);
      if (!load_.poll_once(kPollAtMost)) throw std::runtime_error(load_.error());
    }
    const std::chrono::duration<double> took = os::now() - begin;
    const std::uint64_t done = load_.delivered() - before;
    if (!load_.finish()) throw std::runtime_error(load_.error());
    return {.tasks_per_second = static_cast<double>(done) / took.count(),
            .kills_per_second = static_cast<double>(killed) / took.count()};
  }

 private:
  // A victim that was killed and whose death the pool has not yet seen is not taken again.
  bool plan(KillTimes& kills) {
    std::vector<pid_t> busy = roster_.busy();
    std::erase(busy, last_victim_);
    if (busy.empty()) return false;
    auto victim = os::Process::open(busy[kills.pick(busy.size())]);
    if (!victim) return false;
    last_victim_ = victim->pid();
    killer_.plan(std::move(*victim), kills.next());
    kills.advance();
    return true;
  }

  PoolOptions options() {
    PoolOptions options;
    options.workers = kGoodputWorkers;
    options.attempts_max = 1'000;
    options.restarts_max = kDeathsMax;
    options.observer = [this](const Event& event) { roster_.note(event); };
    return options;
  }

  Roster roster_;
  pid_t last_victim_ = -1;
  Pool pool_;  // Its nursery is forked before the killer's thread exists.
  EchoLoad load_;
  Killer killer_;
};

}  // namespace

Goodput pool_goodput(double kills_per_second, std::chrono::duration<double> time,
                     std::uint64_t seed) {
  return GoodputRun().run(kills_per_second, time, seed);
}

void goodput(benchmark::State& state, std::chrono::duration<double> time) {
  static std::uint64_t seed = 0;
  ++seed;
  const unsigned count = processors();
  Goodput pool;
  GoodputTheory theory;
  while (state.KeepRunning()) {
    const Goodput calm = bare_goodput(0, time / 2, seed);
    pool = pool_goodput(static_cast<double>(state.range(0)), time, seed);
    theory = calibrate(calm, bare_goodput(kCalibrationKillsPerSecond, time / 2, seed), count);
    state.SetIterationTime(1 / pool.tasks_per_second);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["theory_per_second"] = theory.tasks_per_second(pool.kills_per_second);
  state.counters["kills"] = pool.kills_per_second * time.count();
  state.counters["task_us"] = theory.task_seconds * 1e6;
  state.counters["kill_cost_us"] = theory.kill_seconds * 1e6;
  state.counters["processors"] = theory.processors;
}

}  // namespace revenant::bench
