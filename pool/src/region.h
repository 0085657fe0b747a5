// The pool's shared memory: one mapping for all mailboxes.
//
// One, because a thousand mappings would add a millisecond to every fork. Mapped before the nursery
// is forked, at the same address in every process of the pool.
#pragma once

#include <cstddef>
#include <cstdint>

#include "pool/os/shared_region.h"
#include "pool/src/mailbox.h"
#include "pool/src/spin.h"

namespace revenant {

struct RegionHeader {
  SupervisorBell bell;
  // Supervisor: whether a worker may spin before it sleeps. A hint: wrong values cost time, nothing
  // else.
  alignas(kCacheLine) std::atomic<std::uint32_t> spin_allowed;
  // Supervisor: whether workers save their fences, see Streaming.
  std::atomic<std::uint32_t> streaming;
  // Supervisor: where it runs.
  ProcessorHint processor;
  // For the trial of the early notice.
  alignas(kCacheLine) RobustLock trial_lock;
  alignas(kCacheLine) os::FutexWord trial_go;
};

class Region {
 public:
  // std::system_error (ENOMEM) naming the size.
  Region(std::size_t slots, std::size_t ring_bytes);

  [[nodiscard]] RegionHeader& header() const noexcept {
    return *reinterpret_cast<RegionHeader*>(shared_.data());
  }
  [[nodiscard]] std::size_t slots() const noexcept { return slots_; }
  [[nodiscard]] Mailbox mailbox(std::size_t slot) const noexcept;

  // Worker: makes every other slot's mailbox inaccessible and its own tasks read-only, so that code
  // that runs wild hurts its own slot alone; and keeps the region out of the worker's own children.
  void keep_only(std::size_t slot) const noexcept;

 private:
  std::size_t slots_;
  std::size_t ring_bytes_;
  os::SharedRegion shared_;
};

}  // namespace revenant
