// A place that a sequence of workers fills, as the supervisor knows it.
#pragma once

#include <cstdint>
#include <span>

#include "pool/os/check.h"
#include "pool/os/clock.h"
#include "pool/os/process.h"
#include "pool/src/fragments.h"
#include "pool/src/ledger.h"
#include "pool/src/mailbox.h"
#include "pool/src/ring.h"

namespace revenant {

enum class SlotState : std::uint8_t {
  free,
  asked,     // the nursery was asked for a worker
  starting,  // the process exists and is not ready
  ready,     // takes tasks, or is a spare
  leaving,   // was asked to leave; takes no tasks
  dying,     // an early notice came or the nursery died: recovered, the final notice is awaited
  lost,      // asked of a nursery that died, and claimed: a process of which only the pid is known
};

// A task in a worker's ring, and where its first record begins there. Without initial values, so
// that an array of them is not touched before it is used.
struct Dispatched {
  TaskIndex task;
  std::uint64_t position;
};

// The dispatched tasks without a result, oldest first: at most prefetch_max. The roster owns the
// entries, whose number is a power of two that is no smaller: a division takes as long as all the
// rest.
class DispatchedTasks {
 public:
  DispatchedTasks(std::span<Dispatched> entries, std::size_t prefetch_max) noexcept
      : entries_(entries), max_(prefetch_max) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] const Dispatched& operator[](std::size_t i) const noexcept {
    return entries_[(first_ + i) & (entries_.size() - 1)];
  }
  void push(Dispatched dispatched) noexcept {
    REVENANT_CHECK(size_ < max_, "no more than prefetch_max tasks on a worker");
    entries_[(first_ + size_) & (entries_.size() - 1)] = dispatched;
    ++size_;
  }
  void pop_oldest() noexcept {
    ++first_;
    --size_;
  }
  void pop_newest() noexcept { --size_; }

 private:
  std::span<Dispatched> entries_;
  std::size_t max_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

struct Slot {
  Slot(std::size_t number_, Mailbox mailbox_, DispatchedTasks dispatched_) noexcept
      : number(number_), mailbox(mailbox_), dispatched(dispatched_) {}

  // Everything of a worker that has not been yet; the mailbox is prepared by the caller.
  void begin_generation();

  [[nodiscard]] pid_t pid() const noexcept { return process.pid(); }
  [[nodiscard]] bool takes_tasks() const noexcept {
    return state == SlotState::ready && active && !retiring;
  }
  [[nodiscard]] bool is_idle() const noexcept { return dispatched.empty(); }
  // Tasks that the worker has not begun, as of now; it may begin one at any moment.
  [[nodiscard]] std::size_t unbegun() const noexcept;

  const std::size_t number;
  const Mailbox mailbox;

  SlotState state = SlotState::free;
  std::uint32_t generation = 0;
  os::Process process;
  bool active = false;    // takes tasks; a ready worker that is not active is a spare
  bool retiring = false;  // gets no more tasks and is asked to leave once it has none
  bool announced =
      false;            // its ready word was seen, perhaps before the nursery's report of its pid
  bool exited = false;  // the nursery has reported its exit: `status`
  bool ended = false;   // its pidfd is readable
  bool recovered =
      false;  // its tasks have been delivered or moved on: nothing in the mailbox is needed
  int status = -1;
  std::uint32_t nursery = 0;                   // which nursery was asked
  os::TimePoint limit = os::TimePoint::max();  // starting, leaving: when it is killed

  RingWriter tasks;
  RingReader results;
  DispatchedTasks dispatched;
  std::uint32_t finished = 0;    // results read from this worker
  FragmentWriter outgoing;       // the newest dispatched task, while it is not written whole
  FragmentReader incoming;       // the oldest result, while it is not read whole
  os::TimePoint head_since;      // since when the oldest dispatched task may have been running
  bool head_begun = false;       // and that it was seen to run
  bool deadline_passed = false;  // killed for it
  bool abandoned = false;        // its tasks were cancelled: what it publishes is not read
  std::uint32_t next_look = 0;   // at its memory: after so many results

  // Places in the roster's lists.
  std::size_t newer = SIZE_MAX;
  std::size_t older = SIZE_MAX;
  bool to_visit = false;  // it rang, or has more results than one visit takes
  bool in_busy = false;
  bool in_accepting = false;
  bool in_spares = false;
};

}  // namespace revenant
