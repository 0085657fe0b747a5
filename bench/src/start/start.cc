#include "bench/src/start/start.h"

#include <poll.h>

#include <stdexcept>

#include "bench/src/throughput/echo_load.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

constexpr auto kReadyWithin = std::chrono::seconds(60);

}  // namespace

void wait_ready(Pool& pool, std::size_t processes) {
  const os::TimePoint until = os::now() + kReadyWithin;
  while (pool.workers_ready() < processes) {
    pollfd ready{.fd = pool.event_descriptor(), .events = POLLIN, .revents = 0};
    ::poll(&ready, 1, 100);
    pool.poll(std::chrono::nanoseconds(0), [](const Outcome&) {});
    if (os::now() > until) throw std::runtime_error("the workers were not ready within 60 s");
  }
}

void start(benchmark::State& state) {
  PoolOptions options;
  options.workers = static_cast<std::size_t>(state.range(0));
  options.spares = 0;
  while (state.KeepRunning()) {
    const os::TimePoint begin = os::now();
    Pool pool(echo_number, options);
    wait_ready(pool, options.workers);
    state.SetIterationTime(std::chrono::duration<double>(os::now() - begin).count());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

}  // namespace revenant::bench
