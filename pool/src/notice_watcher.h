// The threads that wait for early notices.
//
// The only threads of the supervisor. They run none of the caller's code, take no lock of its, and
// block every signal.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "pool/os/clock.h"
#include "pool/os/event_fd.h"
#include "pool/os/futex.h"
#include "pool/src/robust_lock.h"

namespace revenant {

// Watches the robust locks of up to `slots` workers: a thread for every 127 slots, each in one
// FUTEX_WAITV call. A notice sets the slot's flag and rings the event descriptor; take() hands the
// flags to the thread that drives the pool.
class NoticeWatcher {
 public:
  // `locks` are the futex words of the slots' locks; `wake` is rung after a notice. Both outlive
  // the watcher. std::system_error if a thread cannot be started.
  NoticeWatcher(std::vector<os::FutexWord*> locks, const os::EventFd& wake);
  ~NoticeWatcher();
  NoticeWatcher(const NoticeWatcher&) = delete;
  NoticeWatcher& operator=(const NoticeWatcher&) = delete;

  // The slot's worker, which holds its lock, is to be watched, from the next settle() on. If it is
  // dead by then the notice comes at once.
  void watch(std::size_t slot) noexcept;
  // What was to be watched is. By itself, because the wake-up of a thread costs as much as all
  // else that there is to do for a worker that has become ready, and because one is enough for
  // many.
  void settle() noexcept;
  // No more, and no notice that is not taken yet. Before the slot's lock is reset.
  void forget(std::size_t slot) noexcept;

  struct Notice {
    std::size_t slot = 0;
    os::TimePoint at;
  };
  // Whether take() would find something; a relaxed load, for busy loops.
  [[nodiscard]] bool any() const noexcept { return noticed_.load(std::memory_order_relaxed) != 0; }
  // Calls `visit(Notice)` for every notice since the last call.
  template <typename Visit>
  void take(Visit visit) {
    if (noticed_.exchange(0, std::memory_order_acquire) == 0) return;
    for (std::size_t slot = 0; slot < watched_.size(); ++slot) {
      if (watched_[slot].state.load(std::memory_order_relaxed) != State::noticed) continue;
      State expected = State::noticed;
      if (!watched_[slot].state.compare_exchange_strong(expected, State::idle)) continue;
      visit(Notice{slot, os::TimePoint(os::Nanoseconds(watched_[slot].at.load()))});
    }
  }

 private:
  enum class State : std::uint8_t { idle, watched, noticed };
  struct Watched {
    os::FutexWord* lock = nullptr;
    std::atomic<State> state = State::idle;
    std::atomic<std::int64_t> at = 0;
  };
  // One thread's share of the slots, and the word that interrupts its wait.
  struct Shift {
    std::span<Watched> slots;
    os::FutexWord changes = 0;
    bool unsettled = false;  // private to the thread that drives the pool
    std::thread thread;
  };

  void run(Shift& shift) noexcept;
  void announce() noexcept;
  static HolderState look(Watched& slot, std::uint32_t& expected) noexcept;
  Shift& shift_of(std::size_t slot) noexcept;
  static void interrupt(Shift& shift) noexcept;

  std::vector<Watched> watched_;
  std::vector<std::unique_ptr<Shift>> shifts_;
  const os::EventFd& wake_;
  bool unsettled_ = false;  // any of them
  std::atomic<std::uint32_t> noticed_ = 0;
  std::atomic<bool> ending_ = false;
};

}  // namespace revenant
