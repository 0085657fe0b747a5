// Futex calls on 32-bit words, shared between processes or threads.
//
// All functions are async-signal-safe and need no descriptor. The words may lie in a shared
// mapping; none of the calls uses FUTEX_PRIVATE_FLAG. A waiter is woken spuriously at times:
// callers re-check their condition.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>

#include "pool/os/clock.h"

namespace revenant::os {

using FutexWord = std::atomic<std::uint32_t>;
static_assert(sizeof(FutexWord) == 4 && FutexWord::is_always_lock_free);

// Sleeps while the word holds `expected`, until a wake-up, a signal, or `timeout` (relative; empty:
// for ever).
void futex_wait(const FutexWord& word, std::uint32_t expected,
                std::optional<Nanoseconds> timeout = std::nullopt) noexcept;

// Wakes at most `count` waiters; returns how many.
int futex_wake(const FutexWord& word, int count = 1) noexcept;

struct FutexWait {
  const FutexWord* word = nullptr;
  std::uint32_t expected = 0;
};

inline constexpr std::size_t kFutexWaitsMax = 128;

struct FutexWoken {
  int error = 0;          // else errno: EAGAIN (a word had changed), EINTR, ETIMEDOUT, ENOSYS
  std::size_t index = 0;  // without error: of a word that was woken; others may have been, too
};

// Sleeps until one of up to kFutexWaitsMax words no longer holds its value or is woken
// (FUTEX_WAITV, Linux 5.16).
FutexWoken futex_wait_any(std::span<const FutexWait> waits,
                          std::optional<TimePoint> until = std::nullopt) noexcept;

}  // namespace revenant::os
