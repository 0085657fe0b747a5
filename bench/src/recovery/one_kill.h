// How long a pool takes to recover from the death of a worker when nothing else is going on.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "bench/src/latency_counters.h"
#include "bench/src/recovery/incident.h"
#include "bench/src/recovery/killer.h"
#include "pool/os/shared_region.h"
#include "revenant/pool.h"

namespace revenant::bench {

struct OneKillQuestion {
  std::size_t workers = 1;
  std::size_t spares = 1;
  // What each worker makes resident before it is ready.
  std::size_t victim_bytes = 0;
};

// A pool with one task, which spins until its worker is killed and takes no time when it is begun
// again: what passes between the signal and its outcome is the pool's time and the kernel's alone.
// The other workers are idle. One kill after the other, each when the pool is whole again.
class OneKill {
 public:
  OneKill(const OneKillQuestion& question, std::uint64_t seed);

  // Each returns whether all was right; if not, error() says what was not.
  [[nodiscard]] bool start();  // until the pool is whole
  [[nodiscard]] bool kill_one();
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

  // From the signal, one sample a kill.
  struct Times {
    Samples detect;  // the first notice of the death
    Samples task;    // the outcome of the task is delivered: another worker has run it
    Samples refill;  // a new worker is ready
    Samples late;    // from the planned instant to the signal, not part of the others
  };
  [[nodiscard]] const Times& times() const noexcept { return times_; }
  [[nodiscard]] const Pool& pool() const noexcept { return pool_; }

 private:
  struct Shared;

  [[nodiscard]] PoolOptions options(const OneKillQuestion& question);
  [[nodiscard]] bool whole() const;
  template <typename Done>
  [[nodiscard]] bool poll_until(Done done);
  [[nodiscard]] bool begin_task();
  bool keep_samples(const Killer::Shot& shot);
  bool fail(std::string why);

  std::size_t processes_;
  std::mt19937_64 random_;
  os::SharedRegion region_;
  Shared* shared_;
  std::uint64_t number_ = 0;
  pid_t given_to_ = -1;  // the worker that has the task
  bool delivered_ = false;
  std::optional<Incident> incident_;
  Times times_;
  std::string error_;
  Pool pool_;  // Its nursery is forked before the killer's thread exists.
  Killer killer_;
};

// Workers, spares, MiB of the victim, MiB by which the supervisor has grown since it made the pool:
// range(0) to range(3). Counters, in microseconds, each with p50, p90, p99 and max: detect_, task_,
// refill_ and late_; and `kills`.
void one_kill(benchmark::State& state);

}  // namespace revenant::bench
