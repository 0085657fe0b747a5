// Tasks a second between two processes that spin on a bare ring each way.
#pragma once

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "bench/src/floor/floors.h"
#include "bench/src/peer_process.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {

// No ledger, no sleeping, no checks of capacity beyond the window: a task's slot is free because
// its result has been seen. The payload is written into the ring in whole, and the child reads
// eight bytes of it, as the pool's no-op task does. Tasks are published as many at once as there is
// room for, results one by one: that keeps both sides busy, and was the fastest of the ways tried.
class RingPair {
 public:
  // A task takes `payload_bytes` of the ring, at least eight.
  explicit RingPair(std::size_t payload_bytes);

  // True if `count` more tasks were answered, each with its own number; else error() says why not.
  [[nodiscard]] bool run(std::uint64_t count);
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

  void label(benchmark::State& state) const;

 private:
  struct Indices;

  void send(std::uint64_t until);
  [[noreturn]] void echo();
  bool fail(const char* why);

  std::string payload_;
  os::SharedRegion region_;
  Indices* indices_;
  std::byte* slots_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t yields_ = 0;
  std::uint64_t waits_ = 0;
  std::string error_;
  PeerProcess peer_;  // Last: it is forked when the rest is there.
};

}  // namespace revenant::bench
