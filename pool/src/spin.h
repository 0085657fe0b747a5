// Waiting without sleeping, for a moment, while a processor is free for it.
#pragma once

#include <sched.h>

#include <atomic>
#include <cstdint>

#include "pool/os/clock.h"

namespace revenant {

inline void relax_processor() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// In shared memory: the processor that its writer ran on when it looked last. A hint: whatever
// stands there, also after a death, costs others time and nothing else.
class ProcessorHint {
 public:
  // A store only where it has changed: the line stays with those who read it.
  void update() noexcept {
    const std::uint32_t here = current();
    if (word_.load(std::memory_order_relaxed) != here) {
      word_.store(here, std::memory_order_relaxed);
    }
  }
  // Whether that was the one that the caller is on.
  [[nodiscard]] bool is_ours() const noexcept {
    return word_.load(std::memory_order_relaxed) == current();
  }

 private:
  // No system call: the kernel keeps it up to date in the thread's rseq area.
  static std::uint32_t current() noexcept { return static_cast<std::uint32_t>(::sched_getcpu()); }

  std::atomic<std::uint32_t> word_;
};

// About 15 to 50 us: what a sleep and its wake-up would cost.
inline constexpr int kSpinRounds = 1'000;
// A system call takes about so many rounds.
inline constexpr int kRoundsAYield = 40;

// True as soon as `arrived()` is; false after so many rounds, or when spinning is not (or no
// longer) allowed. While `in_the_way()` is true the processor is offered to others: whoever is
// waited for may be waiting for it.
template <typename Arrived, typename InTheWay>
bool spin_until(const std::atomic<std::uint32_t>& allowed, Arrived arrived, InTheWay in_the_way,
                int rounds = kSpinRounds) noexcept {
  for (int round = 0; round < rounds; ++round) {
    if (arrived()) return true;
    if (allowed.load(std::memory_order_relaxed) == 0) return false;
    if (round % kRoundsAYield == 0 && in_the_way()) {
      ::sched_yield();
      round += kRoundsAYield - 1;
    }
    relax_processor();
  }
  return false;
}

// The same until `at_most` has passed.
template <typename Arrived, typename InTheWay>
bool spin_for(os::Nanoseconds at_most, const std::atomic<std::uint32_t>& allowed, Arrived arrived,
              InTheWay in_the_way) noexcept {
  constexpr int kRoundsALook = 64;  // at the clock
  const os::TimePoint until = os::now() + at_most;
  do {
    if (spin_until(allowed, arrived, in_the_way, kRoundsALook)) return true;
  } while (allowed.load(std::memory_order_relaxed) != 0 && os::now() < until);
  return false;
}

}  // namespace revenant
