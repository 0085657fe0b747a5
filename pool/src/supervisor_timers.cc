// What the supervisor does because time has passed.
#include <algorithm>

#include "pool/os/proc.h"
#include "pool/src/supervisor.h"

namespace revenant {
namespace {

// A task that lies behind a running one for so long is moved to a worker that has nothing to do.
// Less than that is what streaming costs; more would be felt.
constexpr os::Nanoseconds kWaitBesideIdle = std::chrono::microseconds(500);
// And so is one whose worker does not begin it, or makes no progress while all are busy: stopped,
// starved, or in a task that takes far longer than the others.
constexpr os::Nanoseconds kWaitBehindStuck = std::chrono::milliseconds(20);
constexpr os::Nanoseconds kRebalancePeriod = std::chrono::microseconds(500);

// A worker that is awake and has not begun its task is behind others for a processor. On a machine
// with too few of them the next worker would be as well: tasks that are moved from one to the other
// before either comes to run are never run at all.
bool waits_for_a_processor(const Slot& slot) {
  const auto stat = os::read_proc_stat(slot.pid());
  // The pidfd is looked at after the read: if it has not ended, the pid was this worker's.
  return stat && stat->state == 'R' && !slot.process.has_ended();
}

}  // namespace

void Supervisor::run_timers() {
  if (core_.options.deadline.count() != 0) check_deadlines();
  if (core_.now - last_rebalance_ >= kRebalancePeriod) rebalance();
  if (staffing_.next_limit() <= core_.now) staffing_.check_limits();
  staffing_.maintain();
}

void Supervisor::check_deadlines() {
  const os::TimePoint latest = core_.now - core_.options.deadline;
  Slot* slot = core_.roster.oldest_busy();
  // The busy list is ordered: the first that is in time ends the search.
  while (slot != nullptr && slot->head_since <= latest) {
    Slot* const next = core_.roster.next_busy(*slot);
    if (!slot->deadline_passed) {
      slot->deadline_passed = true;
      core_.emit(EventKind::past_deadline, slot, core_.ledger[slot->dispatched[0].task].tag);
      // Whether the task was done in the meantime is seen at the notice, and not before: it may be
      // publishing now.
      staffing_.kill(*slot);
    }
    slot = next;
  }
}

// No task waits behind a long one, or for a stopped worker, while another could run it.
void Supervisor::rebalance() {
  last_rebalance_ = core_.now;
  const bool other_idle = core_.roster.idle_top() != nullptr && !core_.ledger.has_waiting();
  const os::Nanoseconds stuck =
      std::max<os::Nanoseconds>(kWaitBehindStuck, 16 * core_.prefetch.service_time());
  Slot* slot = core_.roster.oldest_busy();
  while (slot != nullptr && core_.now - slot->head_since >= kWaitBesideIdle) {
    // Read once: the worker may begin a task at any moment.
    const std::size_t unbegun = slot->unbegun();
    slot->head_begun = unbegun < slot->dispatched.size();
    const bool felt = slot->head_begun && other_idle;
    const os::Nanoseconds limit = felt ? kWaitBesideIdle : stuck;
    const bool elsewhere = other_idle || core_.active_workers > 1;
    Slot* const next = core_.roster.next_busy(*slot);
    if (unbegun != 0 && elsewhere && core_.now - slot->head_since >= limit &&
        (slot->head_begun || !waits_for_a_processor(*slot))) {
      end_streaming();
      dispatcher_.take_back(*slot);
    }
    slot = next;
  }
}

// How soon next_timer() can be due for a task that is submitted now.
os::Nanoseconds Supervisor::first_due_after_submit() const {
  const os::Nanoseconds deadline = core_.options.deadline;
  return deadline.count() == 0 ? kWaitBesideIdle : std::min(deadline, kWaitBesideIdle);
}

os::TimePoint Supervisor::next_timer() {
  os::TimePoint next = staffing_.next_limit();
  const os::Nanoseconds deadline = core_.options.deadline;
  const bool idle = core_.roster.idle_top() != nullptr;
  for (Slot* slot = core_.roster.oldest_busy(); slot != nullptr;
       slot = core_.roster.next_busy(*slot)) {
    if (deadline.count() != 0 && !slot->deadline_passed) {
      next = std::min(next, slot->head_since + deadline);
    }
    // Once the only task of a worker is seen to run there is nothing to take from it.
    if (slot->dispatched.size() == 1 && slot->head_begun) continue;
    const bool behind = slot->dispatched.size() > 1 && idle;
    if (!idle && core_.active_workers <= 1) continue;  // there is nowhere to move it to
    const os::Nanoseconds limit = behind ? kWaitBesideIdle : kWaitBehindStuck;
    next = std::min(next, std::max(slot->head_since, last_rebalance_) + limit);
  }
  return next;
}

}  // namespace revenant
