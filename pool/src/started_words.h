// The words by which a worker begins tasks, and by which the supervisor takes back those that are
// not begun.
//
// Each word holds a count of tasks and an epoch, and each side writes its own: `begun` is how many
// the worker says that it has begun, `kept` how many it was left with when tasks were last taken
// back. Taking back begins a new epoch. Each side writes its word and then reads the other's, with
// a full fence between, so at least one of them sees the other:
//
//   the worker begins:          begun = {count + 1, its epoch}, fence, look at kept: the same
//   epoch? the supervisor takes back:  kept = {undecided, epoch + 1}, fence, look at begun, decide
//
// Where both see each other the word `kept` is undecided, and whoever first exchanges that for a
// count has decided: the supervisor for what it saw, the worker for not having begun. Nobody waits
// for the other. The worker's way is two plain stores a task and no exchange; its fence it may save
// while the supervisor promises to issue it for both (Streaming).
//
//   the worker dies before its store:   the task is not begun
//   dies behind it, in the same epoch:  the task is begun, and blamed, whether or not it ran
//   dies behind it, in an older epoch:  `kept` says whether it was the worker's; if it is still
//                                       undecided, the supervisor is alive and decides
//
// So after a death the count says whether the worker was in a task: it was if it had begun one more
// than it had published results for. That task is blamed, and no other. Shown by StartedWords.*,
// CrashPoints.AWorkerKilledBetweenBeginningATaskAndRunningItIsBlamedForIt and the model in
// pool/model/take_back.pml.
#pragma once

#include <atomic>
#include <cstdint>

#include "pool/src/crash_point.h"
#include "pool/src/ring.h"

namespace revenant {

class StartedWords {
 public:
  struct Value {
    std::uint32_t count = 0;
    std::uint32_t epoch = 0;
  };

  // Worker: the epoch that stands. When it is not the worker's own any more, tasks were taken back:
  // the reader of the task ring must forget what it knew of the writer's position.
  [[nodiscard]] std::uint32_t epoch() const noexcept {
    return unpack(kept_.load(std::memory_order_acquire)).value.epoch;
  }

  // Worker: begins the task behind the `mine.count` that it has begun. False if the supervisor has
  // taken it back; `mine` is what holds from now on. `fence()` keeps the store before it from being
  // overtaken by the load behind it.
  template <typename Fence>
  bool begin_next(Value& mine, Fence fence) noexcept {
    const Value next{mine.count + 1, mine.epoch};
    begun_.store(pack({next, false}), std::memory_order_release);
    crash_point(CrashPoint::worker_says_it_begins);
    fence();
    const Word kept = unpack(kept_.load(std::memory_order_acquire));
    if (kept.value.epoch == mine.epoch) {
      mine = next;
      return true;
    }
    return begin_disputed(mine, kept);
  }

  // Supervisor: from now on the worker begins none of the tasks that it has not begun. Returns how
  // many it has. Never while workers save their fences.
  std::uint32_t take_back() noexcept {
    const Value before = unpack(kept_.load(std::memory_order_relaxed)).value;
    const Word open{{0, before.epoch + 1}, true};
    kept_.store(pack(open), std::memory_order_release);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    const Word decided{{begun_since(before), open.value.epoch}, false};
    std::uint64_t expected = pack(open);
    if (kept_.compare_exchange_strong(expected, pack(decided))) return decided.value.count;
    return unpack(expected).value.count;
  }

  // Supervisor: how many tasks the worker has begun, as of now.
  [[nodiscard]] std::uint32_t begun() const noexcept {
    return begun_since(unpack(kept_.load(std::memory_order_relaxed)).value);
  }

  // Supervisor, for a slot without a worker.
  void reset() noexcept {
    begun_.store(0, std::memory_order_relaxed);
    kept_.store(0, std::memory_order_relaxed);
  }

 private:
  struct Word {
    Value value;
    bool undecided = false;
  };

  // In an older epoch than the one that stands the worker has said nothing yet.
  [[nodiscard]] std::uint32_t begun_since(Value kept) const noexcept {
    const Value begun = unpack(begun_.load(std::memory_order_acquire)).value;
    return begun.epoch == kept.epoch ? begun.count : kept.count;
  }

  bool begin_disputed(Value& mine, Word kept) noexcept {
    while (kept.undecided) {
      std::uint64_t expected = pack(kept);
      const Word decided{{mine.count, kept.value.epoch}, false};
      if (kept_.compare_exchange_strong(expected, pack(decided))) {
        kept = decided;
      } else {
        kept = unpack(expected);
      }
    }
    const bool is_mine = kept.value.count != mine.count;
    mine = kept.value;
    // Dead before this store, `kept` says the same.
    begun_.store(pack({mine, false}), std::memory_order_release);
    return is_mine;
  }

  // Epoch (31 bits), undecided (1), count (32).
  static std::uint64_t pack(Word word) noexcept {
    return static_cast<std::uint64_t>(word.value.epoch & kEpochs) << 33 |
           static_cast<std::uint64_t>(word.undecided) << 32 | word.value.count;
  }
  static Word unpack(std::uint64_t word) noexcept {
    return {{static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(word >> 33)},
            (word >> 32 & 1) != 0};
  }
  static constexpr std::uint32_t kEpochs = (std::uint32_t{1} << 31) - 1;

  alignas(kCacheLine) std::atomic<std::uint64_t> begun_;
  alignas(kCacheLine) std::atomic<std::uint64_t> kept_;
};

}  // namespace revenant
