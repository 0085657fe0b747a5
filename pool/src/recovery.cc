#include "pool/src/recovery.h"

#include <cstdint>

namespace revenant {

void Recovery::recover(Slot& slot) {
  core_.roster.retire(slot);
  // What was published before death counts, however much it is. A result that makes no sense is as
  // good as none.
  static_cast<void>(collector_.collect(slot, SIZE_MAX));
  core_.roster.remove_busy(slot);
  slot.outgoing = FragmentWriter();
  slot.incoming.abandon();

  // Begun and not finished: at most one, since results are published in order and at once.
  const bool was_running = slot.unbegun() < slot.dispatched.size();
  const std::size_t innocent_from = was_running ? 1 : 0;
  while (slot.dispatched.size() > innocent_from) {
    const TaskIndex task = slot.dispatched[slot.dispatched.size() - 1].task;
    slot.dispatched.pop_newest();
    core_.ledger.wait_at_front(task);
    core_.emit(EventKind::moved_on, &slot, core_.ledger[task].tag);
  }
  if (slot.dispatched.empty()) return;
  const TaskIndex running = slot.dispatched[0].task;
  slot.dispatched.pop_oldest();
  blame(slot, running);
}

void Recovery::blame(Slot& slot, TaskIndex index) {
  Task& task = core_.ledger[index];
  ++task.begun;
  core_.emit(EventKind::blamed, &slot, task.tag);
  if (task.begun < core_.options.attempts_max) {
    core_.ledger.wait_at_front(index);
    core_.emit(EventKind::moved_on, &slot, task.tag);
    return;
  }
  const Reason reason = slot.deadline_passed ? Reason::deadline : Reason::worker_died;
  core_.deliver(index, {OutcomeKind::gave_up, reason, task.begun}, &slot,
                slot.deadline_passed
                    ? "it ran past its deadline, or killed its worker, attempts_max times"
                    : "its worker died under it attempts_max times");
}

void Recovery::promote_spares() {
  while (core_.active_workers < core_.options.workers) {
    Slot* const spare = core_.roster.find_spare();
    if (spare == nullptr) return;
    spare->active = true;
    ++core_.active_workers;
    core_.roster.add_idle(*spare);
    core_.emit(EventKind::promoted, spare);
  }
}

}  // namespace revenant
