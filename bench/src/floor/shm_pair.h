// Two processes that spin on a cache line each.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>

#include "bench/src/latency_counters.h"
#include "bench/src/peer_process.h"
#include "pool/os/clock.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {

class ShmPair {
 public:
  ShmPair();

  // One round trip. The clock is read once in each, and is part of it: the first one counts from
  // the construction.
  [[nodiscard]] Sample take();

  void label(benchmark::State& state) const;

 private:
  struct Lines;
  [[noreturn]] void echo();

  os::SharedRegion region_;
  Lines* lines_;
  std::uint64_t number_ = 0;
  std::uint64_t yields_ = 0;
  os::TimePoint begin_ = os::now();
  PeerProcess peer_;  // Last: it is forked when the rest is there.
};

}  // namespace revenant::bench
