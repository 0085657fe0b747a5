#include "pool/src/dispatcher.h"

namespace revenant {
namespace {

// About what a wake-up costs both sides together.
constexpr os::Nanoseconds kWorthAWakeUp = std::chrono::microseconds(10);
constexpr std::size_t kTasksAWakeUp = 32;

}  // namespace

void Dispatcher::dispatch_waiting() {
  while (core_.ledger.has_waiting()) {
    Slot* const slot = choose();
    if (slot == nullptr) break;
    if (give(*slot, core_.ledger.first_waiting())) core_.ledger.take_first_waiting();
  }
  core_.update_spin_hint();
}

Slot* Dispatcher::choose() noexcept {
  // Short tasks stream to the worker that is awake: it has served them before another has woken up.
  if (current_ != nullptr && current_->in_accepting &&
      current_->dispatched.size() < core_.prefetch.stream_depth()) {
    return current_;
  }
  if (Slot* idle = core_.roster.idle_top()) return idle;
  while (Slot* accepting = core_.roster.accepting_top()) {
    if (accepting->dispatched.size() < core_.prefetch.depth()) return accepting;
    core_.roster.remove_accepting(*accepting);  // the depth has shrunk since it was listed
  }
  return nullptr;
}

// False if the worker's ring has no room: it leaves the lists until it has read something.
bool Dispatcher::give(Slot& slot, TaskIndex index) {
  Task& task = core_.ledger[index];
  RecordHeader header;
  header.kind = RecordKind::task;
  header.attempt = static_cast<std::uint16_t>(task.begun + 1);
  header.index = slot.finished + static_cast<std::uint32_t>(slot.dispatched.size());
  header.tag = task.tag;
  FragmentWriter writer(header, task.payload);
  const std::uint64_t position = slot.tasks.position();
  if (!writer.write_next(slot.tasks, record_payload_max(slot.mailbox.ring_bytes()))) {
    core_.roster.remove_accepting(slot);
    return false;
  }
  // If we die here there is no pool any more.
  slot.tasks.publish();
  ring_or_put_off(slot);

  if (slot.is_idle()) {
    core_.roster.remove_idle(slot);
    slot.head_since = os::now();
    slot.head_begun = false;
    core_.roster.touch_busy(slot);
  }
  slot.dispatched.push({index, position});
  slot.outgoing = writer.done() ? FragmentWriter() : writer;
  if (slot.dispatched.size() < core_.prefetch.depth() && writer.done()) {
    core_.roster.add_accepting(slot);
  } else {
    core_.roster.remove_accepting(slot);
  }
  current_ = &slot;
  core_.emit(EventKind::dispatched, &slot, task.tag);
  return true;
}

// A handler that submits would wake a sleeping worker for each of its tasks, which has done a short
// one before the next is there, and sleeps again: two system calls and a wake-up a task. What is
// published is seen by a worker that is awake; one that sleeps is woken for some of them together.
void Dispatcher::ring_or_put_off(Slot& slot) noexcept {
  if (put_off_ != &slot) ring_put_off();
  put_off_ = &slot;
  ++put_off_tasks_;
  const bool in_handler = core_.handler != nullptr;
  const bool short_tasks = core_.prefetch.service_time() < kWorthAWakeUp;
  if (!in_handler || !short_tasks || put_off_tasks_ >= kTasksAWakeUp) ring_put_off();
}

void Dispatcher::ring_put_off() noexcept {
  if (put_off_ == nullptr) return;
  // Should its worker have died since, nobody hears it; the slot's next worker would look in vain,
  // once.
  put_off_->mailbox.control().bell.ring(WorkerSleep::for_tasks);
  put_off_ = nullptr;
  put_off_tasks_ = 0;
}

void Dispatcher::go_on_writing(Slot& slot) {
  if (slot.outgoing.done()) return;
  bool wrote = false;
  while (!slot.outgoing.done() &&
         slot.outgoing.write_next(slot.tasks, record_payload_max(slot.mailbox.ring_bytes()))) {
    slot.tasks.publish();
    wrote = true;
  }
  if (wrote) slot.mailbox.control().bell.ring(WorkerSleep::for_tasks);
  if (!slot.outgoing.done()) return;
  slot.outgoing = FragmentWriter();
  if (slot.takes_tasks() && slot.dispatched.size() < core_.prefetch.depth()) {
    core_.roster.add_accepting(slot);
  }
}

void Dispatcher::take_back(Slot& slot) {
  if (slot.is_idle()) return;
  MailboxControl& control = slot.mailbox.control();
  // Hidden first: a worker that sees the new epoch sees none of the records of the old one. Should
  // it have begun one of them meanwhile, the count that take_back() returns says so.
  slot.tasks.hide_from(slot.dispatched[0].position);
  const std::uint32_t begun = control.started.take_back() - slot.finished;
  if (begun >= slot.dispatched.size()) {
    slot.tasks.publish();
  } else {
    slot.tasks.rewind(slot.dispatched[begun].position);
    slot.outgoing = FragmentWriter();
    while (slot.dispatched.size() > begun) {
      const TaskIndex task = slot.dispatched[slot.dispatched.size() - 1].task;
      slot.dispatched.pop_newest();
      core_.ledger.wait_at_front(task);
      core_.emit(EventKind::moved_on, &slot, core_.ledger[task].tag);
    }
  }
  // It may have gone to sleep while nothing was to be seen.
  control.bell.ring(WorkerSleep::for_tasks);
  core_.roster.remove_accepting(slot);
  if (!slot.is_idle()) return;
  core_.roster.remove_busy(slot);
  // Last in the order: it was given a task and did not begin it.
  if (slot.takes_tasks()) core_.roster.add_idle_last(slot);
}

}  // namespace revenant
