// Waiting on shared memory without the kernel.
#pragma once

#include <sched.h>

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

// For the parent: false if the peer died first.
template <typename Done>
[[nodiscard]] bool spin_until(const PeerProcess& peer, Done done) noexcept {
  for (int pauses = 0; !done(); ++pauses) {
    pause_processor();
    if (pauses >= kPausesBeforeYield) {
      pauses = 0;
      ::sched_yield();
      if (!peer.alive()) return done();
    }
  }
  return true;
}

}  // namespace revenant::bench
