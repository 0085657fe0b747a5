#include "pool/src/collector.h"

namespace revenant {
namespace {

// Gives the ring's memory back and wakes a worker that waits for it, whatever the handler does.
class ReleaseOnExit {
 public:
  explicit ReleaseOnExit(Slot& slot) noexcept : slot_(slot) {}
  ~ReleaseOnExit() {
    if (!slot_.results.owes_release()) return;
    slot_.results.release();
    slot_.mailbox.control().bell.ring(WorkerSleep::for_room);
  }
  ReleaseOnExit(const ReleaseOnExit&) = delete;
  ReleaseOnExit& operator=(const ReleaseOnExit&) = delete;

 private:
  Slot& slot_;
};

}  // namespace

Collected Collector::collect(Slot& slot, std::size_t results_max) {
  if (!slot.results.has_record()) return Collected::all;
  core_.now = os::now();
  const ReleaseOnExit release(slot);
  Record record;
  std::size_t finished = 0;
  while (finished < results_max) {
    const ReadResult read = slot.results.front(record);
    if (read == ReadResult::empty) break;
    const Step step = read == ReadResult::corrupt ? Step::corrupt : take(slot, record);
    if (step == Step::corrupt) return Collected::corrupt;
    // A large result is longer than the ring: its writer waits for the room.
    if (step == Step::fragment) {
      slot.results.release();
      slot.mailbox.control().bell.ring(WorkerSleep::for_room);
    } else {
      ++finished;
    }
  }
  return finished < results_max ? Collected::all : Collected::some;
}

Collector::Step Collector::take(Slot& slot, const Record& record) {
  if (slot.dispatched.empty()) return Step::corrupt;
  // A result of a task that was not given whole.
  if (slot.dispatched.size() == 1 && !slot.outgoing.done()) return Step::corrupt;
  const RecordHeader& header = record.header;
  FragmentReader::Step step;
  if (slot.incoming.in_progress()) {
    step = slot.incoming.go_on(record);
  } else {
    const bool first = header.kind == RecordKind::completed || header.kind == RecordKind::failed ||
                       header.kind == RecordKind::refused;
    if (!first || header.index != slot.finished) return Step::corrupt;
    if (header.tag != 0) {
      core_.prefetch.served(os::Nanoseconds(static_cast<std::int64_t>(header.tag)));
    }
    if (header.total == header.bytes) {
      slot.results.pop();
      finish(slot, header.kind,
             {reinterpret_cast<const char*>(record.payload.data()), record.payload.size()});
      return Step::finished;
    }
    // An error's text may be longer than a result; not longer than what can be said of one.
    step = slot.incoming.begin(record, core_.options.payload_bytes_max + 4096);
  }
  switch (step) {
    case FragmentReader::Step::corrupt:
      return Step::corrupt;
    case FragmentReader::Step::more_to_come:
      slot.results.pop();
      return Step::fragment;
    case FragmentReader::Step::out_of_memory:
      slot.results.pop();
      finish(slot, RecordKind::refused, "no memory for the result");
      break;
    case FragmentReader::Step::whole:
      slot.results.pop();
      finish(slot, slot.incoming.first().kind, slot.incoming.payload());
      break;
  }
  slot.incoming.shrink();
  return Step::finished;
}

void Collector::finish(Slot& slot, RecordKind kind, std::string_view value) {
  const TaskIndex task = slot.dispatched[0].task;
  slot.dispatched.pop_oldest();
  ++slot.finished;
  settle(slot);
  const unsigned attempts = core_.ledger[task].begun + 1;
  Ending ending{OutcomeKind::completed, Reason::none, attempts};
  if (kind != RecordKind::completed) {
    ending.kind = OutcomeKind::failed;
    ending.reason = kind == RecordKind::failed ? Reason::threw : Reason::unpresentable;
  }
  core_.deliver(task, ending, &slot, value);
}

// The slot's places in the lists, before anybody is called who might dispatch to it.
void Collector::settle(Slot& slot) {
  slot.head_since = core_.now;
  slot.head_begun = false;
  if (slot.is_idle()) {
    core_.roster.remove_accepting(slot);
    core_.roster.remove_busy(slot);
    if (slot.takes_tasks()) core_.roster.add_idle(slot);
    return;
  }
  core_.roster.touch_busy(slot);
  const bool has_room = slot.dispatched.size() * 2 <= core_.depth();
  if (slot.takes_tasks() && has_room && slot.outgoing.done()) core_.roster.add_accepting(slot);
}

}  // namespace revenant
