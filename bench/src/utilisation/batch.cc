#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#include "bench/src/failures.h"
#include "bench/src/goodput/spin_task.h"
#include "bench/src/peer_process.h"
#include "bench/src/start/start.h"
#include "bench/src/utilisation/utilisation.h"
#include "pool/os/clock.h"
#include "pool/os/futex.h"
#include "pool/os/shared_region.h"
#include "revenant/pool.h"

namespace revenant::bench {
namespace {

constexpr auto kDoneWithin = std::chrono::seconds(60);
constexpr std::size_t kBatchMax = 50'000;  // the pool's queue takes it at once

void turn_task(std::string_view payload, std::string& value) {
  Turns turns = 0;
  std::memcpy(&turns, payload.data(), sizeof(turns));
  spin_turns(turns);
  value.assign(payload);
}

struct Shared {
  alignas(64) os::FutexWord ready{0};
  alignas(64) os::FutexWord go{0};
  alignas(64) std::atomic<std::size_t> next{0};
  alignas(64) os::FutexWord done{0};  // workers that have found no more tasks
};

// In a bare worker.
void take_tasks(Shared& shared, std::span<const Turns> batch) {
  shared.ready.fetch_add(1);
  while (shared.go.load() == 0) os::futex_wait(shared.go, 0);
  for (std::size_t task; (task = shared.next.fetch_add(1)) < batch.size();) {
    spin_turns(batch[task]);
  }
  shared.done.fetch_add(1);
  os::futex_wake(shared.done);
}

void wait_until_is(const os::FutexWord& word, std::uint32_t wanted) {
  const os::TimePoint until = os::now() + kDoneWithin;
  for (std::uint32_t seen; (seen = word.load()) != wanted;) {
    os::futex_wait(word, seen, std::chrono::milliseconds(10));
    if (os::now() > until) throw std::runtime_error("the bare workers were not done within 60 s");
  }
}

}  // namespace

std::chrono::nanoseconds pool_batch_time(std::span<const Turns> batch, std::size_t workers) {
  PoolOptions options;
  options.workers = workers;
  Pool pool(turn_task, options);
  wait_ready(pool, workers + options.spares);
  std::size_t wrong = 0;
  const auto check = [&](const Outcome& outcome) {
    Turns turns = 0;
    if (outcome.value.size() == sizeof(turns)) {
      std::memcpy(&turns, outcome.value.data(), sizeof(turns));
    }
    if (outcome.kind != OutcomeKind::completed || turns != batch[outcome.tag]) ++wrong;
  };
  const auto run = [&] {
    const os::TimePoint begin = os::now();
    for (std::size_t task = 0; task < batch.size(); ++task) {
      const std::string_view payload(reinterpret_cast<const char*>(&batch[task]), sizeof(Turns));
      if (pool.submit(payload, task) != SubmitResult::accepted) {
        throw std::runtime_error("submit() was refused");
      }
    }
    if (!pool.drain(kDoneWithin, check)) throw std::runtime_error("the batch took more than 60 s");
    return os::now() - begin;
  };
  run();  // the ledger grows to so many open tasks once
  const std::chrono::nanoseconds took = run();
  if (wrong > 0) throw std::runtime_error("the pool gave a wrong result");
  return took;
}

std::chrono::nanoseconds bare_batch_time(std::span<const Turns> batch, std::size_t workers) {
  const os::SharedRegion region(sizeof(Shared));
  Shared& shared = *new (region.data()) Shared;
  std::vector<std::unique_ptr<PeerProcess>> processes;
  for (std::size_t i = 0; i < workers; ++i) {
    processes.push_back(std::make_unique<PeerProcess>([&] { take_tasks(shared, batch); }));
  }
  const auto all = static_cast<std::uint32_t>(workers);
  wait_until_is(shared.ready, all);
  const os::TimePoint begin = os::now();
  shared.go.store(1);
  os::futex_wake(shared.go, static_cast<int>(workers));
  wait_until_is(shared.done, all);
  return os::now() - begin;
}

std::size_t batch_size(std::chrono::nanoseconds mean_task, std::size_t workers,
                       std::chrono::duration<double> batch_time) {
  const double each = batch_time / std::chrono::duration<double>(mean_task);
  return std::min(workers * std::max<std::size_t>(4, static_cast<std::size_t>(each)), kBatchMax);
}

void utilisation(benchmark::State& state, std::chrono::duration<double> batch_time) {
  const std::chrono::microseconds task(state.range(0));
  const std::size_t workers = processors();
  const auto batch = make_batch({.usual = task}, batch_size(task, workers, batch_time));
  std::chrono::duration<double> best{};
  while (state.KeepRunning()) {
    best = bare_batch_time(batch, workers);
    const std::chrono::duration<double> took = pool_batch_time(batch, workers);
    state.SetIterationTime(took.count());
  }
  const auto count = static_cast<std::int64_t>(batch.size());
  state.SetItemsProcessed(state.iterations() * count);
  state.counters["best_per_second"] = static_cast<double>(count) / best.count();
  state.counters["workers"] = static_cast<double>(workers);
}

}  // namespace revenant::bench
