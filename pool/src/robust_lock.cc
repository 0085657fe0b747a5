#include "pool/src/robust_lock.h"

#include <linux/futex.h>

namespace revenant {

bool RobustLock::reset() noexcept {
  pthread_mutexattr_t attributes;
  if (::pthread_mutexattr_init(&attributes) != 0) return false;
  const bool ok = ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0 &&
                  ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0 &&
                  ::pthread_mutex_init(&mutex_, &attributes) == 0;
  ::pthread_mutexattr_destroy(&attributes);
  return ok;
}

bool RobustLock::hold() noexcept { return ::pthread_mutex_lock(&mutex_) == 0; }

HolderState prepare_to_wait(os::FutexWord& word, std::uint32_t& expected) noexcept {
  std::uint32_t seen = word.load(std::memory_order_acquire);
  while (true) {
    if ((seen & FUTEX_OWNER_DIED) != 0) return HolderState::died;
    if ((seen & FUTEX_TID_MASK) == 0) return HolderState::none;
    expected = seen | FUTEX_WAITERS;
    // If the holder dies before this exchange, the exchange fails and we see it; if after, the
    // kernel wakes us.
    if (seen == expected || word.compare_exchange_weak(seen, expected)) return HolderState::alive;
  }
}

}  // namespace revenant
