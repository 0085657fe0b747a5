// The sleep and wake protocol, in both directions.
//
// A sleeper says so in a word, and looks again before it sleeps; a ringer publishes, and looks at
// the word. With a full fence between the two steps of each, one of them sees the other.
//
//   the worker sleeps:     set the word, full fence, look again, wait while it is as set, clear it
//   the supervisor rings:  publish, full fence, and only if the word is set: exchange it to 0, wake
//
// What the kernel compares is the very word that says "I sleep": a flag beside a futex on something
// else loses wake-ups. The ringer may take the word first, since with its death the pool ends.
//
//   the supervisor sleeps: a new odd number into the word, full fence, look again, wait in epoll
//   a worker rings:        publish, set its slot's bit, and only if the word is odd: write the
//                          eventfd, then exchange that odd number for the even one behind it
//
// Here the ringer may be killed or stopped at any step, and there are other ringers. It wakes
// before it takes the word: until the wake-up is in the kernel everybody else goes on waking. And
// it takes the word of the sleep that it has ended only, however late it comes: the numbers tell
// sleeps apart. A killed worker's own bit may never be rung for; the supervisor sleeps on its bell
// and on every death together, and looks at all that a dead worker has published.
//
// Shown by CrashPoints.* (worker_bit_set, worker_rung, worker_word_taken) and, for kills and stops
// at every step, by the model in pool/model.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "pool/os/event_fd.h"
#include "pool/os/futex.h"
#include "pool/src/crash_point.h"
#include "pool/src/ring.h"

namespace revenant {

// A worker's word. It says what for, so that it is not woken in vain.
enum class WorkerSleep : std::uint32_t {
  awake = 0,
  for_tasks = 1,  // a task, a further fragment, or the request to leave
  for_room = 2,   // room in its result ring
};

class WorkerBell {
 public:
  // Worker: sleeps until rung for `reason`, unless `arrived()` is true by then.
  template <typename Arrived>
  void sleep(WorkerSleep reason, Arrived arrived) noexcept {
    const auto value = static_cast<std::uint32_t>(reason);
    word_.store(value, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    crash_point(CrashPoint::worker_says_it_sleeps);
    if (!arrived()) os::futex_wait(word_, value);
    word_.store(0, std::memory_order_relaxed);
    crash_point(CrashPoint::worker_woken);
  }

  // Supervisor: call after publishing. No system call unless the worker sleeps for this very
  // reason; true if it did, and was woken.
  bool ring(WorkerSleep reason) noexcept {
    auto expected = static_cast<std::uint32_t>(reason);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (word_.load(std::memory_order_relaxed) != expected) return false;
    if (!word_.compare_exchange_strong(expected, 0)) return false;
    os::futex_wake(word_);
    return true;
  }

  void reset() noexcept { word_.store(0, std::memory_order_relaxed); }

 private:
  os::FutexWord word_;
};

// The supervisor's bell: a word that says it sleeps, a bit a slot that says "look here", and an
// eventfd, so that the supervisor can sleep in epoll. In shared memory; the eventfd is inherited by
// fork.
class SupervisorBell {
 public:
  static constexpr std::size_t kSlotsMax = 4096;
  static constexpr std::size_t kWords = kSlotsMax / 64;

  // Worker: asks the supervisor to look at `slot`. Call after publishing. False if the descriptor
  // is no longer open: the worker's own code has closed it, and nobody would hear.
  [[nodiscard]] bool ring(std::size_t slot, int event_fd) noexcept {
    std::atomic<std::uint64_t>& word = bits_[slot / 64].word;
    const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    // Still set: the supervisor has not taken it since we set it, and we rang then if it slept.
    if ((word.load(std::memory_order_relaxed) & bit) != 0) return true;
    word.fetch_or(bit, std::memory_order_seq_cst);
    // If we die here, our death wakes the supervisor; if we are stopped, the next ringer does.
    crash_point(CrashPoint::worker_bit_set);
    std::uint32_t sleep = sleep_.load(std::memory_order_seq_cst);
    if (!is_asleep(sleep)) return true;
    if (!os::EventFd::ring(event_fd)) return false;
    // If we die here the supervisor wakes, and others may wake it once more: that costs time only.
    crash_point(CrashPoint::worker_rung);
    sleep_.compare_exchange_strong(sleep, sleep + 1);
    crash_point(CrashPoint::worker_word_taken);
    return true;
  }

  // Supervisor: announces a sleep, unlike any before it. False if there is something to look at
  // already.
  [[nodiscard]] bool begin_sleep(std::size_t slots) noexcept {
    sleep_.store((sleep_.load(std::memory_order_relaxed) | 1) + 2, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (!any(slots)) return true;
    end_sleep();
    return false;
  }
  // A ringer that ends the same sleep at the same time writes the same number.
  void end_sleep() noexcept {
    const std::uint32_t sleep = sleep_.load(std::memory_order_relaxed);
    if (is_asleep(sleep)) sleep_.store(sleep + 1, std::memory_order_relaxed);
  }

  [[nodiscard]] bool any(std::size_t slots) const noexcept {
    for (std::size_t i = 0; i * 64 < slots; ++i) {
      if (bits_[i].word.load(std::memory_order_relaxed) != 0) return true;
    }
    return false;
  }

  // Supervisor: takes the bits and calls `visit(slot)` for each. What a worker published before its
  // bit is seen.
  template <typename Visit>
  void take(std::size_t slots, Visit visit) {
    for (std::size_t i = 0; i * 64 < slots; ++i) {
      if (bits_[i].word.load(std::memory_order_relaxed) == 0) continue;
      std::uint64_t taken = bits_[i].word.exchange(0, std::memory_order_seq_cst);
      std::atomic_thread_fence(std::memory_order_seq_cst);
      for (; taken != 0; taken &= taken - 1) {
        visit(i * 64 + static_cast<std::size_t>(std::countr_zero(taken)));
      }
    }
  }

 private:
  struct alignas(kCacheLine) Line {
    std::atomic<std::uint64_t> word;
  };
  static constexpr bool is_asleep(std::uint32_t sleep) noexcept { return sleep % 2 == 1; }

  // Odd while the supervisor sleeps; grows by each sleep. It comes round after two billion of them:
  // a ringer would have to be stopped for exactly that long.
  alignas(kCacheLine) std::atomic<std::uint32_t> sleep_;
  Line bits_[kWords];
};

}  // namespace revenant
