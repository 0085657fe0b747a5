// The ends of a pool: in good order, and when it gives itself up.
#include <signal.h>

#include <algorithm>

#include "pool/src/supervisor.h"

namespace revenant {
namespace {

// Beyond leave_timeout, after which workers are killed: for their ends. What is left then is killed
// with the nursery.
constexpr os::Nanoseconds kEndsMax = std::chrono::seconds(5);

}  // namespace

void Supervisor::stop_if_failed() {
  if (!staffing_.has_failed()) return;
  if (!stopped_itself_) {
    stopped_itself_ = true;
    core_.takes_tasks = false;
    staffing_.close();
    core_.emit(EventKind::stopped);
  }
  // Nothing may hang: what cannot be done any more is said to be so.
  if (core_.ledger.open_tasks() != 0) {
    cancel_open_tasks(Reason::pool_stopped,
                      "the pool stopped itself: too many of its workers died or did not start");
  }
  for (Slot& slot : core_.roster) {
    if (slot.state != SlotState::lost) staffing_.kill(slot);
  }
}

void Supervisor::cancel_open_tasks(Reason reason, std::string_view why) {
  for (Slot& slot : core_.roster) {
    if (slot.dispatched.empty()) continue;
    core_.roster.retire(slot);
    // What is published counts, up to this moment; after it the worker is not listened to, and
    // killed.
    static_cast<void>(collector_.collect(slot, SIZE_MAX));
    core_.roster.retire(slot);
    core_.roster.remove_busy(slot);
    if (slot.dispatched.empty()) continue;
    slot.abandoned = true;
    staffing_.kill(slot);
    while (!slot.dispatched.empty()) {
      const TaskIndex task = slot.dispatched[slot.dispatched.size() - 1].task;
      slot.dispatched.pop_newest();
      core_.ledger.wait_at_front(task);
    }
  }
  while (core_.ledger.has_waiting()) {
    const TaskIndex task = core_.ledger.take_first_waiting();
    core_.deliver(task, {OutcomeKind::cancelled, reason, core_.ledger[task].begun}, nullptr, why);
  }
}

bool Supervisor::shutdown(os::Nanoseconds timeout, const OutcomeHandler& handler) {
  if (shut_down_) return true;
  const Call call(*this, handler);
  core_.takes_tasks = false;
  const os::TimePoint until = limit_after(core_.now, timeout);
  while (core_.ledger.open_tasks() != 0) {
    run_round();
    if (core_.ledger.open_tasks() == 0 || os::now() >= until) break;
    wait(until);
  }
  if (core_.ledger.open_tasks() != 0) {
    cancelled_ = true;
    cancel_open_tasks(Reason::shut_down, "the pool was shut down before the task was done");
  }
  dismiss_workers();
  shut_down_ = true;
  return !cancelled_;
}

void Supervisor::dismiss_workers() {
  staffing_.close();
  const os::TimePoint until = os::now() + core_.options.leave_timeout + kEndsMax;
  while (!staffing_.is_empty() && os::now() < until) {
    for (Slot& slot : core_.roster) {
      if (slot.state == SlotState::starting) staffing_.kill(slot);
      if (slot.state != SlotState::ready || slot.abandoned) continue;
      staffing_.retire(slot);
      staffing_.ask_to_leave(slot);
    }
    wait(std::min(until, os::now() + std::chrono::milliseconds(100)));
    run_round();
  }
  staffing_.end_all();
}

}  // namespace revenant
