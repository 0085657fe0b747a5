// From the call that sends SIGKILL to the robust futex that the victim holds being marked
// OWNER_DIED, seen by a waiter that sleeps on it.
//
// The kernel walks the dying thread's robust list before it tears down the memory, so this comes
// before the pidfd. It wakes a waiter only where FUTEX_WAITERS is set in the word.
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>

#include <new>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/victim.h"
#include "bench/src/latency_counters.h"
#include "pool/os/clock.h"
#include "pool/os/futex.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {
namespace {

constexpr auto kDeadWithin = std::chrono::seconds(10);

void make_robust(pthread_mutex_t& mutex) {
  pthread_mutexattr_t attributes;
  ::pthread_mutexattr_init(&attributes);
  ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  ::pthread_mutex_init(&mutex, &attributes);
  ::pthread_mutexattr_destroy(&attributes);
}

// glibc keeps the futex word, which holds its owner's thread id, first in the mutex.
os::FutexWord& word_of(pthread_mutex_t& mutex) { return reinterpret_cast<os::FutexWord&>(mutex); }

bool wait_owner_died(const os::FutexWord& word) {
  const os::TimePoint until = os::now() + kDeadWithin;
  while (true) {
    const std::uint32_t seen = word.load(std::memory_order_acquire);
    if ((seen & FUTEX_OWNER_DIED) != 0) return true;
    const auto left = until - os::now();
    if (left.count() <= 0) return false;
    os::futex_wait(word, seen, left);
  }
}

Sample kill_one(const VictimKind& kind, pthread_mutex_t& mutex, double& victim_kib) {
  make_robust(mutex);
  Victim victim(kind, [&] { ::pthread_mutex_lock(&mutex); });
  victim_kib = resident_kib(victim);
  os::FutexWord& word = word_of(mutex);
  const auto owner = static_cast<std::uint32_t>(victim.process().pid());
  if ((word.fetch_or(FUTEX_WAITERS) & FUTEX_TID_MASK) != owner) {
    return {.error = "the robust mutex does not hold its owner's thread id: not glibc's?"};
  }
  if (!victim.alive()) return {.error = "the victim died before it was killed"};
  const os::TimePoint begin = os::now();
  if (!victim.process().send_signal(SIGKILL)) return {.error = "the victim took no signal"};
  const bool seen = wait_owner_died(word);
  const os::TimePoint end = os::now();
  if (!seen) return {.error = "the robust futex was not marked within 10 s of its owner's SIGKILL"};
  if (!victim.reap_killed()) return {.error = "the victim did not die of SIGKILL"};
  return {.took = end - begin};
}

}  // namespace

Sample take_kill_to_robust_futex(const VictimKind& kind) {
  const os::SharedRegion region(sizeof(pthread_mutex_t));
  double victim_kib = 0;
  return kill_one(kind, *new (region.data()) pthread_mutex_t, victim_kib);
}

void kill_to_robust_futex(benchmark::State& state, const VictimKind& kind) {
  const os::SharedRegion region(sizeof(pthread_mutex_t));
  pthread_mutex_t& mutex = *new (region.data()) pthread_mutex_t;
  double victim_kib = 0;
  if (!measure_latency(state, 1, [&] { return kill_one(kind, mutex, victim_kib); })) return;
  state.counters["victim_kib"] = victim_kib;
}

}  // namespace revenant::bench
