// What one worker slot has in shared memory: the only memory that a worker and the supervisor both
// touch.
//
// Layout, from the start of the mailbox:
//   task ring      ring_bytes, rounded up to pages; written by the supervisor (the worker maps it
//                  read-only)
//   control words  those below, one cache line for each writer
//   result ring    ring_bytes, written by the worker; begins in the page of the control words, so
//                  that a worker with short results has one page fault and one page less
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "pool/src/bell.h"
#include "pool/src/ring.h"
#include "pool/src/robust_lock.h"
#include "pool/src/spin.h"
#include "pool/src/started_words.h"

namespace revenant {

// Who fills the slot: a generation and the pid of its worker, in one word.
//
// The supervisor sets {generation, 0} when it asks for a worker. The worker's first write anywhere
// is the exchange of that value for {generation, its pid}; where it fails the supervisor has
// withdrawn the request, and the worker leaves without having touched anything. So a worker that
// was forked by a nursery that died before it could say so can neither be mistaken for the slot's
// next worker nor disturb it.
//   worker dies before the exchange: the slot is still unclaimed; the supervisor withdraws it.
//   worker dies after it:            the supervisor has its pid, and waits for its end.
// Shown by CrashPoints.* (worker_forked, worker_claimed, nursery_forked).
class LifeWord {
 public:
  void offer(std::uint32_t generation) noexcept {
    word_.store(pack(generation, 0), std::memory_order_release);
  }
  bool claim(std::uint32_t generation, pid_t pid) noexcept {
    std::uint64_t expected = pack(generation, 0);
    return word_.compare_exchange_strong(expected, pack(generation, pid));
  }
  // 0: nobody had claimed it, and nobody can any more. Else the pid of the worker that has.
  pid_t withdraw(std::uint32_t generation) noexcept {
    std::uint64_t expected = pack(generation, 0);
    if (word_.compare_exchange_strong(expected, 0)) return 0;
    return static_cast<pid_t>(static_cast<std::uint32_t>(expected));
  }

 private:
  static std::uint64_t pack(std::uint32_t generation, pid_t pid) noexcept {
    return static_cast<std::uint64_t>(generation) << 32 | static_cast<std::uint32_t>(pid);
  }
  std::atomic<std::uint64_t> word_;
};

// What a worker without a task does.
enum class Leave : std::uint32_t {
  no,             // waits for the next
  in_good_order,  // calls on_worker_leave, and exits; the supervisor watches over its time
  at_once,        // exits: nobody could end it if it stayed
};

struct MailboxControl {
  alignas(kCacheLine) LifeWord life;
  // Worker: set to its generation once it can take tasks. A plain store: before it the worker is a
  // failed start.
  std::atomic<std::uint32_t> ready_generation;
  // Supervisor: asks the worker to leave when it has nothing to do.
  std::atomic<Leave> leave;
  // Worker: where it runs.
  ProcessorHint processor;
  alignas(kCacheLine) RobustLock lock;
  alignas(kCacheLine) WorkerBell bell;
  StartedWords started;
  RingIndices tasks;
  RingIndices results;
};

// The addresses of one mailbox; the same in supervisor and worker.
class Mailbox {
 public:
  Mailbox() noexcept = default;
  Mailbox(std::byte* start, std::size_t ring_bytes) noexcept
      : start_(start), ring_bytes_(ring_bytes) {}

  // Both are whole pages.
  static std::size_t task_ring_bytes(std::size_t ring_bytes) noexcept;
  static std::size_t bytes(std::size_t ring_bytes) noexcept;

  [[nodiscard]] MailboxControl& control() const noexcept {
    return *reinterpret_cast<MailboxControl*>(start_ + task_ring_bytes(ring_bytes_));
  }
  [[nodiscard]] std::byte* task_data() const noexcept { return start_; }
  [[nodiscard]] std::byte* result_data() const noexcept {
    return reinterpret_cast<std::byte*>(&control()) + sizeof(MailboxControl);
  }
  [[nodiscard]] std::size_t ring_bytes() const noexcept { return ring_bytes_; }

  // Supervisor, for a slot whose last worker is gone for good: empty rings, a free lock, and an
  // offer to `generation`. False if the libc refuses the lock.
  [[nodiscard]] bool prepare(std::uint32_t generation) const noexcept;

 private:
  std::byte* start_ = nullptr;
  std::size_t ring_bytes_ = 0;
};

}  // namespace revenant
