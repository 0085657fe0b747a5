#include "pool/src/dispatcher.h"

#include <algorithm>

#include "pool/os/check.h"

namespace revenant {
namespace {

// About what a wake-up costs both sides together.
constexpr os::Nanoseconds kWorthAWakeUp = std::chrono::microseconds(10);

}  // namespace

void Dispatcher::dispatch_waiting() {
  list_if_deeper();
  while (core_.ledger.has_waiting()) {
    Slot* const slot = choose();
    if (slot == nullptr) break;
    if (give(*slot, core_.ledger.first_waiting())) core_.ledger.take_first_waiting();
  }
  publish();
  if (put_off_ != 0 && core_.handler != nullptr) core_.now = os::now();
  put_off_ = 0;
  core_.update_spin_hint();
}

// A worker that had as many tasks as it may have is on no list. With each doubling of that number
// all are looked at.
void Dispatcher::list_if_deeper() {
  const std::size_t depth = core_.depth();
  if (depth < 2 * listed_depth_) {
    listed_depth_ = std::min(listed_depth_, depth);
    return;
  }
  listed_depth_ = depth;
  for (Slot* slot = core_.roster.oldest_busy(); slot != nullptr;
       slot = core_.roster.next_busy(*slot)) {
    if (slot->takes_tasks() && slot->outgoing.done() && slot->dispatched.size() < depth) {
      core_.roster.add_accepting(*slot);
    }
  }
}

Slot* Dispatcher::choose() noexcept {
  // Short tasks stream to the worker that is awake: it has served them before another has woken up.
  if (current_ != nullptr && current_->in_accepting &&
      current_->dispatched.size() < core_.prefetch.stream_depth()) {
    return current_;
  }
  if (Slot* idle = core_.roster.idle_top()) return idle;
  while (Slot* accepting = core_.roster.accepting_top()) {
    if (accepting->dispatched.size() < core_.depth()) return accepting;
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
  const std::uint64_t position = slot.tasks.position();
  FragmentWriter rest;
  if (!write(slot, header, task.payload(), rest)) {
    core_.roster.remove_accepting(slot);
    return false;
  }

  if (slot.is_idle()) {
    core_.roster.remove_idle(slot);
    slot.head_since = os::now();
    slot.head_begun = false;
    core_.roster.touch_busy(slot);
  }
  slot.dispatched.push({index, position});
  const bool whole = rest.done();
  if (!whole) slot.outgoing = rest;
  if (slot.dispatched.size() < core_.depth() && whole) {
    core_.roster.add_accepting(slot);
  } else {
    core_.roster.remove_accepting(slot);
  }
  current_ = &slot;
  core_.emit(EventKind::dispatched, &slot, task.tag);
  return true;
}

// `rest` writes what follows of a payload that is longer than a record.
bool Dispatcher::write(Slot& slot, RecordHeader& header, std::string_view payload,
                       FragmentWriter& rest) noexcept {
  const std::size_t record_max = record_payload_max(slot.mailbox.ring_bytes());
  const bool small = payload.size() <= std::min(RecordBatch::kPayloadBytesMax, record_max);
  if (unpublished_ != &slot || !small) publish();
  const bool written = small ? batch_.add(slot.tasks, header, payload)
                             : begin_writing(slot.tasks, header, payload, record_max, rest);
  if (!written) return false;
  unpublished_ = &slot;
  if (!small || batch_.full()) publish();
  return true;
}

void Dispatcher::publish() noexcept {
  if (unpublished_ == nullptr) return;
  batch_.write();
  // If we die here there is no pool any more.
  unpublished_->tasks.publish();
  if (unpublished_->mailbox.control().bell.ring(WorkerSleep::for_tasks)) core_.woke_a_worker = true;
  unpublished_ = nullptr;
}

// A handler that submits is called for some results in a row. Each publication takes the ring away
// from a worker that looks at it, what the next call reads waits until that is done, and a sleeping
// worker would be woken for one short task, and sleep again before the next is there. So some short
// tasks go out together; none waits for a handler that takes its time.
bool Dispatcher::may_put_off(std::size_t payload_bytes) noexcept {
  if (core_.handler == nullptr || payload_bytes > RecordBatch::kPayloadBytesMax ||
      core_.prefetch.service_time() >= kWorthAWakeUp || put_off_ + 1 >= RecordBatch::kRecordsMax) {
    return false;
  }
  ++put_off_;
  // The clock costs as much as a short task.
  const bool looks = put_off_ == 2 || put_off_ == 8;
  return !looks || os::now() - core_.now < kWorthAWakeUp;
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
  if (slot.takes_tasks() && slot.dispatched.size() < core_.depth()) {
    core_.roster.add_accepting(slot);
  }
}

void Dispatcher::take_back(Slot& slot) {
  if (slot.is_idle()) return;
  REVENANT_CHECK(!core_.streaming.on(), "a worker that is taken from fences");
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
