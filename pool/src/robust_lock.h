// A lock whose holder's death the kernel announces: the early notice.
//
// The worker's pool thread locks it once and never unlocks it. When that thread enters exit, by
// whatever cause, the kernel marks the lock's futex word with FUTEX_OWNER_DIED and wakes one
// waiter, before it takes the address space down. The waiter must have set FUTEX_WAITERS in the
// word, or it is marked but nobody is woken.
#pragma once

#include <pthread.h>

#include <cstdint>

#include "pool/os/futex.h"

namespace revenant {

// In shared memory. A glibc robust, process-shared mutex, of which the first int is the futex word;
// that this holds is not taken on trust: the pool tries it when it is made (early_notice_works).
class RobustLock {
 public:
  // Supervisor: makes it free again. No living process may hold it. False if the libc refuses.
  [[nodiscard]] bool reset() noexcept;
  // Worker: takes it for the rest of the calling thread's life. False if the libc refuses.
  [[nodiscard]] bool hold() noexcept;

  [[nodiscard]] os::FutexWord& word() noexcept {
    return *reinterpret_cast<os::FutexWord*>(&mutex_);
  }

 private:
  pthread_mutex_t mutex_;
};

enum class HolderState : std::uint8_t { none, alive, died };

// Watcher: whether the holder is alive; if so the word is prepared so that its death wakes a
// waiter, and `expected` is the value to wait on.
[[nodiscard]] HolderState prepare_to_wait(os::FutexWord& word, std::uint32_t& expected) noexcept;

}  // namespace revenant
