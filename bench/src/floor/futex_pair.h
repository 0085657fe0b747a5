// Two processes that sleep on futex words in shared memory, each until the other wakes it.
#pragma once

#include <cstdint>

#include "bench/src/latency_counters.h"
#include "bench/src/peer_process.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {

class FutexPair {
 public:
  FutexPair();

  // One round trip: a wake-up there, one back.
  [[nodiscard]] Sample take();

 private:
  struct Words;
  [[noreturn]] void echo();

  os::SharedRegion region_;
  Words* words_;
  std::uint32_t number_ = 0;
  PeerProcess peer_;  // Last: it is forked when the rest is there.
};

}  // namespace revenant::bench
