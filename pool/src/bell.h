// The sleep and wake protocol, in both directions.
//
// The flag that says "I sleep" is the word that the ringer takes: sleeper and ringer meet in one
// word, so no wake-up falls between a flag and a futex.
//
//   sleeper: set the word, full fence, look again, wait for change, clear the word
//   ringer:  publish, full fence, and only if the word is set: exchange it to 0, and if it was
//   still set, wake
//
// The worst moment is a ringer that has cleared the word and dies before it wakes: nobody else will
// ring. The worker's ringer is the supervisor, and dies with its pool. The supervisor's ringers are
// workers; it therefore sleeps on its bell and on every death together, and looks at all that a
// dead worker has published. Shown by CrashPoints.* (worker_bit_set, worker_word_taken,
// worker_rung) and by the model in pool/model.
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
  // reason.
  void ring(WorkerSleep reason) noexcept {
    auto expected = static_cast<std::uint32_t>(reason);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (word_.load(std::memory_order_relaxed) != expected) return;
    if (word_.compare_exchange_strong(expected, 0)) os::futex_wake(word_);
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
    crash_point(CrashPoint::worker_bit_set);
    // If we die before this exchange the word stays set, and the next ringer wakes; if after it,
    // our death does.
    if (asleep_.load(std::memory_order_seq_cst) == 0 || asleep_.exchange(0) == 0) return true;
    crash_point(CrashPoint::worker_word_taken);
    const bool rung = os::EventFd::ring(event_fd);
    crash_point(CrashPoint::worker_rung);
    return rung;
  }

  // Supervisor: announces its sleep. False if there is something to look at already.
  [[nodiscard]] bool begin_sleep(std::size_t slots) noexcept {
    asleep_.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (!any(slots)) return true;
    end_sleep();
    return false;
  }
  void end_sleep() noexcept { asleep_.store(0, std::memory_order_relaxed); }

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
  alignas(kCacheLine) std::atomic<std::uint32_t> asleep_;
  Line bits_[kWords];
};

}  // namespace revenant
