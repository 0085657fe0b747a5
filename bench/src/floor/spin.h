// Waiting on shared memory without the kernel.
#pragma once

#include <benchmark/benchmark.h>
#include <sched.h>

#include <cstdint>

#include "bench/src/peer_process.h"

namespace revenant::bench {

inline void pause_processor() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Long after an answer of a peer on another processor would have come; from then on the processor
// is given away between looks, so that a pair that shares one makes progress too.
inline constexpr int kPausesBeforeYield = 4096;

// For the child of a pair: its parent's death ends it.
template <typename Done>
void spin_until(Done done) noexcept {
  for (int pauses = 0; !done(); ++pauses) {
    pause_processor();
    if (pauses >= kPausesBeforeYield) {
      pauses = 0;
      ::sched_yield();
    }
  }
}

// For the parent: false if the peer died first. Adds to `yields` how often it gave its processor
// away.
template <typename Done>
[[nodiscard]] bool spin_until(const PeerProcess& peer, std::uint64_t& yields, Done done) noexcept {
  for (int pauses = 0; !done(); ++pauses) {
    pause_processor();
    if (pauses >= kPausesBeforeYield) {
      pauses = 0;
      ::sched_yield();
      ++yields;
      if (!peer.alive()) return done();
    }
  }
  return true;
}

// Says in the row that the figure is not what it is meant to be: with both processes on a processor
// of their own hardly any of the `waits` is so long that one yields.
inline void label_shared_processor(benchmark::State& state, std::uint64_t yields,
                                   std::uint64_t waits) {
  if (yields * 10 > waits) state.SetLabel("the pair shared a processor");
}

}  // namespace revenant::bench
