// The word by which a worker begins tasks, and by which the supervisor takes back those that are
// not begun.
//
// One 64-bit word in the mailbox: how many tasks the worker has begun, and an epoch. The worker
// begins a task by a compare-exchange that adds one to the count; the supervisor takes back all
// tasks that are not begun by a compare- exchange that adds one to the epoch. Whichever comes first
// wins, and the loser sees it:
//
//   either dies before its exchange:  nothing has happened
//   either dies after it:             it has happened as a whole
//
// After a worker's death the count says whether it was in a task: it was if it had begun one more
// than it had published results for. That task is blamed, and no other. Shown by StartedWord.* and
// CrashPoints.AWorkerKilledBetweenBeginningATaskAndRunningItIsBlamedForIt.
#pragma once

#include <atomic>
#include <cstdint>

namespace revenant {

class StartedWord {
 public:
  struct Value {
    std::uint32_t count = 0;
    std::uint32_t epoch = 0;
  };

  [[nodiscard]] Value load() const noexcept {
    return unpack(word_.load(std::memory_order_acquire));
  }

  // Worker: begins the next task. False if the supervisor has taken it back since `seen` was
  // loaded; the reader of the task ring must then forget what it knew of the writer's position.
  bool begin_next(Value seen) noexcept {
    std::uint64_t expected = pack(seen);
    const Value next{seen.count + 1, seen.epoch};
    return word_.compare_exchange_strong(expected, pack(next), std::memory_order_acq_rel);
  }

  // Supervisor: from now on the worker begins none of the tasks that it has not begun. Returns how
  // many it has.
  std::uint32_t take_back() noexcept {
    std::uint64_t seen = word_.load(std::memory_order_acquire);
    while (true) {
      const Value value = unpack(seen);
      const Value next{value.count, value.epoch + 1};
      if (word_.compare_exchange_weak(seen, pack(next), std::memory_order_acq_rel))
        return value.count;
    }
  }

  // Supervisor, for a slot without a worker.
  void reset() noexcept { word_.store(0, std::memory_order_relaxed); }

 private:
  static std::uint64_t pack(Value value) noexcept {
    return static_cast<std::uint64_t>(value.epoch) << 32 | value.count;
  }
  static Value unpack(std::uint64_t word) noexcept {
    return {static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(word >> 32)};
  }

  std::atomic<std::uint64_t> word_;
};

}  // namespace revenant
