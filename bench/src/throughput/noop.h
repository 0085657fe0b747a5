// How many tasks a second the pool carries when they cost nothing.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "bench/src/throughput/echo_load.h"
#include "revenant/pool.h"

namespace revenant::bench {

// A pool under a closed loop of tasks whose function returns the payload's first eight bytes.
class NoopPool {
 public:
  NoopPool(PoolOptions options, std::size_t window, std::size_t payload_bytes,
           WorkerFunction function = echo_number, Payloads payloads = Payloads::copied);

  // Each returns whether all was right, every result of every task included; if not, error() says
  // what was not.
  //
  // Runs the load until every worker and spare is ready, and for `count` tasks more.
  [[nodiscard]] bool warm_up(std::uint64_t count);
  // As EchoLoad::run().
  [[nodiscard]] bool run(std::uint64_t count);
  // Waits for what is open. Wrong, too, if a worker died in the middle of a task.
  [[nodiscard]] bool finish();
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

  [[nodiscard]] Pool& pool() noexcept { return pool_; }

 private:
  bool fail(std::string why);

  std::size_t processes_;
  Pool pool_;
  EchoLoad load_;
  std::string error_;
};

// Tasks open at once, a worker: 64, with large payloads fewer.
[[nodiscard]] std::size_t window_for(std::size_t payload_bytes);

// Workers: range(0); payload bytes: range(1). The pool with its default options, window_for() tasks
// a worker open all the time.
void noop_throughput(benchmark::State& state);

}  // namespace revenant::bench
