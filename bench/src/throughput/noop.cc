#include "bench/src/throughput/noop.h"

#include <chrono>
#include <string>

#include "bench/src/failures.h"
#include "bench/src/floor/floors.h"
#include "bench/src/slices.h"
#include "bench/src/throughput/echo_load.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

constexpr std::uint64_t kSlice = 4096;
constexpr auto kReadyWithin = std::chrono::seconds(20);

// Runs the load until every worker and spare is ready, and two slices more.
bool warm_up(const Pool& pool, std::size_t processes, EchoLoad& load, std::string& error) {
  const os::TimePoint until = os::now() + kReadyWithin;
  bool good = load.start();
  while (good && pool.workers_ready() < processes) {
    good = load.run(1);
    if (os::now() > until) {
      error = "the workers were not ready within 20 s";
      return false;
    }
  }
  good = good && load.run(2 * kSlice);
  error = load.error();
  return good;
}

}  // namespace

void noop_throughput(benchmark::State& state) {
  PoolOptions options;
  options.workers = static_cast<std::size_t>(state.range(0));
  const auto payload_bytes = static_cast<std::size_t>(state.range(1));
  const std::size_t window = kWindow * options.workers;
  Pool pool(echo_number, options);
  EchoLoad load(pool, window, payload_bytes);
  std::string error;
  if (!warm_up(pool, options.workers + options.spares, load, error)) return fail(state, error);

  const bool good =
      run_in_slices(state, kSlice, [&](std::uint64_t count) { return load.run(count); });
  if (!good || !load.finish()) return fail(state, load.error());
  if (load.repeated() != 0) return fail(state, "a worker died in the middle of the run");
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(payload_bytes));
  state.counters["window"] = static_cast<double>(window);
}

}  // namespace revenant::bench
