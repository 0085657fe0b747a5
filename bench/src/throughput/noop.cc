#include "bench/src/throughput/noop.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/slices.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

constexpr auto kWarmUpMax = std::chrono::seconds(120);

}  // namespace

NoopPool::NoopPool(PoolOptions options, std::size_t window, std::size_t payload_bytes,
                   WorkerFunction function, Payloads payloads)
    : processes_(options.workers + options.spares),
      pool_(std::move(function), std::move(options)),
      load_(pool_, window, payload_bytes, payloads) {}

bool NoopPool::warm_up(std::uint64_t count) {
  const os::TimePoint until = os::now() + kWarmUpMax;
  if (!load_.start()) return fail(load_.error());
  while (pool_.workers_ready() < processes_) {
    if (!load_.run(1)) return fail(load_.error());
    if (os::now() > until) return fail("the workers were not ready within 120 s");
  }
  if (!run(count)) return false;
  load_.begin_counting();
  return true;
}

bool NoopPool::run(std::uint64_t count) { return load_.run(count) || fail(load_.error()); }

bool NoopPool::finish() {
  if (!load_.finish()) return fail(load_.error());
  return load_.repeated() == 0 || fail("a worker died in the middle of the run");
}

bool NoopPool::fail(std::string why) {
  error_ = std::move(why);
  return false;
}

std::size_t window_for(std::size_t payload_bytes) {
  return std::clamp<std::size_t>((std::size_t{64} << 20) / payload_bytes, 4, kWindow);
}

void noop_throughput(benchmark::State& state) {
  PoolOptions options;
  options.workers = static_cast<std::size_t>(state.range(0));
  const auto payload_bytes = static_cast<std::size_t>(state.range(1));
  const std::size_t window = window_for(payload_bytes) * options.workers;
  const std::uint64_t slice = slice_for(payload_bytes);
  NoopPool pool(options, window, payload_bytes);
  if (!pool.warm_up(2 * slice)) return fail(state, pool.error());
  const bool good = run_in_slices(state, slice, [&](std::uint64_t n) { return pool.run(n); });
  if (!good || !pool.finish()) return fail(state, pool.error());
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(payload_bytes));
  state.counters["window"] = static_cast<double>(window);
}

}  // namespace revenant::bench
