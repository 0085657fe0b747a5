// Waiting without sleeping, for a moment, while a processor is free for it.
#pragma once

#include <atomic>
#include <cstdint>

namespace revenant {

inline void relax_processor() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// About 20 to 50 us: what a sleep and its wake-up would cost.
inline constexpr int kSpinRounds = 1'000;

// True as soon as `arrived()` is; false after kSpinRounds, or when spinning is not (or no longer)
// allowed.
template <typename Arrived>
bool spin_until(const std::atomic<std::uint32_t>& allowed, Arrived arrived) noexcept {
  for (int round = 0; round < kSpinRounds; ++round) {
    if (arrived()) return true;
    if (allowed.load(std::memory_order_relaxed) == 0) return false;
    relax_processor();
  }
  return false;
}

}  // namespace revenant
