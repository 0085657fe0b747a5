#include "pool/src/worker_loop.h"

#include <cxxabi.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "pool/os/clock.h"
#include "pool/os/membarrier.h"
#include "pool/src/crash_point.h"
#include "pool/src/spin.h"
#include "pool/src/streaming.h"

namespace revenant {
namespace {

constexpr std::uint64_t kShortTaskNs = 2'000;
// While results stream: so many before the supervisor is told of them.
constexpr unsigned kResultsARing = 16;

CurrentTask g_current_task;

}  // namespace

CurrentTask current_task() noexcept { return g_current_task; }

WorkerLoop::WorkerLoop(const WorkerIdentity& identity)
    : identity_(identity),
      header_(identity.context.region->header()),
      control_(identity.context.region->mailbox(identity.slot).control()),
      record_max_(record_payload_max(identity.context.region->mailbox(identity.slot).ring_bytes())),
      saves_fences_(os::register_for_fences()),
      is_worker_(identity.inherited.mark) {
  *identity.inherited.mark = 1;
  const Mailbox mailbox = identity.context.region->mailbox(identity.slot);
  tasks_ = RingReader(control_.tasks, mailbox.task_data(), mailbox.ring_bytes());
  results_ = RingWriter(control_.results, mailbox.result_data(), mailbox.ring_bytes());
}

void WorkerLoop::run() {
  // If we die before this store we are a failed start; after it the supervisor may give us tasks.
  control_.ready_generation.store(identity_.generation, std::memory_order_release);
  crash_point(CrashPoint::worker_ready_unrung);
  ring_supervisor();
  wait_for_first_task();
  while (true) {
    if (begin_task()) run_task();
    wait_for_task();
  }
}

// With a short slice: a spare takes a dead worker's place at once, though the processor that it is
// woken on may be taking down the dead one's memory.
void WorkerLoop::wait_for_first_task() {
  if (identity_.stands_in) warm_up();
  os::TimeSlice slice = identity_.inherited.slice;
  const bool started_with_its_own = static_cast<bool>(*identity_.context.on_worker_start);
  if (started_with_its_own && !tasks_.has_record()) slice = os::TimeSlice::shorten();
  spins_ = identity_.stands_in;  // else another worker may have to be started meanwhile
  wait_for_task();
  spins_ = true;
  slice.restore();
}

// A page that is touched for the first time costs a fault, most of what a first task would wait
// for if a spare took a dead worker's place. It is done while the supervisor wakes up. Not by the
// workers that a pool begins with: nobody has waited for them, and their memory may never be used.
void WorkerLoop::warm_up() noexcept {
  const Mailbox mailbox = identity_.context.region->mailbox(identity_.slot);
  static_cast<void>(*static_cast<const volatile std::byte*>(mailbox.task_data()));
  // Dead before or after this store: nothing is published yet, so nobody reads what lies there.
  *static_cast<volatile std::byte*>(mailbox.result_data()) = std::byte{};
  *const_cast<volatile std::uint64_t*>(&g_current_task.tag) = 0;
  static_cast<void>(os::now());
  crash_point(CrashPoint::worker_warmed_up);
}

void WorkerLoop::wait_for_task() {
  while (true) {
    // Tasks were taken back: what was seen of the writer's position holds no more. Within an epoch
    // it only grows.
    const std::uint32_t epoch = control_.started.epoch();
    if (epoch != ring_epoch_) tasks_.forget_written();
    started_.epoch = ring_epoch_ = epoch;
    if (tasks_.has_record()) return;
    if (unrung_ != 0) ring_supervisor();
    const auto arrived = [&] {
      return tasks_.has_record() || control_.leave.load(std::memory_order_acquire) != Leave::no;
    };
    // Woken for one task where the supervisor runs, it waits for our processor now, see
    // Supervisor::wait.
    const auto in_the_way = [&] {
      return started_.count - slept_at_ <= 1 && header_.processor.is_ours();
    };
    const bool came = spins_ && spin_until(header_.spin_allowed, arrived, in_the_way);
    if (came && tasks_.has_record()) continue;
    const Leave request = control_.leave.load(std::memory_order_acquire);
    if (request != Leave::no && !tasks_.has_record()) leave(request);
    control_.bell.sleep(WorkerSleep::for_tasks, arrived);
    control_.processor.update();
    slept_at_ = started_.count;
  }
}

bool WorkerLoop::begin_task() {
  if (!control_.started.begin_next(started_, [this] { fence_unless_streaming(); })) return false;
  crash_point(CrashPoint::worker_task_begun);
  return true;
}

void WorkerLoop::run_task() {
  Record record;
  if (tasks_.front(record) != ReadResult::record || record.header.kind != RecordKind::task) {
    ::_exit(kExitCorruptTasks);
  }
  g_current_task = {record.header.tag, record.header.attempt};
  const char* error = nullptr;
  const std::string_view payload = collect_payload(record, error);
  value_.clear();
  took_ns_ = 0;
  if (error == nullptr) {
    call_measured(payload);
  } else {
    kind_ = RecordKind::refused;
    value_ = error;
  }
  g_current_task = {};
  // A child that the function forked, and that returned from it: it has no part in the pool.
  if (*is_worker_ == 0) ::_exit(0);
  crash_point(CrashPoint::worker_result_unwritten);
  publish_result();
  crash_point(CrashPoint::worker_result_published);
  // The task's bytes lie in the ring until here: the function has read them in place.
  tasks_.pop();
  tasks_.release();
  ring_or_put_off();
  crash_point(CrashPoint::worker_task_unreleased);
  fragments_.shrink();
}

std::string_view WorkerLoop::collect_payload(const Record& first, const char*& error) {
  if (first.header.total == first.header.bytes) {
    return {reinterpret_cast<const char*>(first.payload.data()), first.payload.size()};
  }
  FragmentReader::Step step = fragments_.begin(first, kPayloadBytesLimit);
  while (step == FragmentReader::Step::more_to_come) {
    tasks_.pop();
    tasks_.release();
    crash_point(CrashPoint::worker_fragment_read);
    ring_supervisor();
    wait_for_record();
    Record record;
    if (tasks_.front(record) != ReadResult::record) ::_exit(kExitCorruptTasks);
    step = fragments_.go_on(record);
  }
  if (step == FragmentReader::Step::corrupt) ::_exit(kExitCorruptTasks);
  if (step == FragmentReader::Step::out_of_memory) error = "no memory for the task's payload";
  return fragments_.payload();
}

// The clock costs as much as the shortest tasks: while they are that short one in sixteen is
// measured.
void WorkerLoop::call_measured(std::string_view payload) {
  if (last_took_ns_ < kShortTaskNs && started_.count % 16 != 0) {
    call_function(payload);
    return;
  }
  const os::TimePoint before = os::now();
  call_function(payload);
  took_ns_ = last_took_ns_ =
      static_cast<std::uint64_t>(std::max<std::int64_t>(1, (os::now() - before).count()));
}

void WorkerLoop::call_function(std::string_view payload) {
  kind_ = RecordKind::completed;
  try {
    (*identity_.context.function)(payload, value_);
  } catch (const std::exception& exception) {
    kind_ = RecordKind::failed;
    value_ = exception.what();
  } catch (const abi::__forced_unwind&) {
    // pthread_exit, or a cancellation: the pool's thread ends, and the worker with it.
    ::_exit(kExitThreadEnded);
  } catch (...) {
    kind_ = RecordKind::failed;
    value_ = "an exception that is not a std::exception";
  }
  if (value_.size() > identity_.context.payload_bytes_max) {
    kind_ = RecordKind::refused;
    value_ = "a result of " + std::to_string(value_.size()) + " bytes is over payload_bytes_max (" +
             std::to_string(identity_.context.payload_bytes_max) + ")";
  }
}

void WorkerLoop::publish_result() {
  RecordHeader header;
  header.kind = kind_;
  header.index = started_.count - 1;
  header.tag = took_ns_;
  FragmentWriter rest;
  write_with_room([&] { return begin_writing(results_, header, value_, record_max_, rest); });
  crash_point(CrashPoint::worker_result_unpublished);
  results_.publish();
  while (!rest.done()) {
    crash_point(CrashPoint::worker_fragment_written);
    ring_supervisor();
    write_with_room([&] { return rest.write_next(results_, record_max_); });
    crash_point(CrashPoint::worker_result_unpublished);
    results_.publish();
  }
}

template <typename Write>
void WorkerLoop::write_with_room(Write write) {
  if (write()) return;
  // Full. Once all that is in it was rung for, the supervisor wakes us when it has read.
  if (unrung_ != 0) ring_supervisor();
  while (true) {
    const std::uint64_t read_before = control_.results.read.load(std::memory_order_acquire);
    if (write()) return;
    control_.bell.sleep(WorkerSleep::for_room, [&] {
      return control_.results.read.load(std::memory_order_acquire) != read_before;
    });
  }
}

void WorkerLoop::wait_for_record() {
  const auto arrived = [&] { return tasks_.has_record(); };
  while (!arrived()) {
    if (spin_until(header_.spin_allowed, arrived, [] { return false; })) return;
    control_.bell.sleep(WorkerSleep::for_tasks, arrived);
  }
}

bool WorkerLoop::is_streaming() const noexcept {
  return saves_fences_ && header_.streaming.load(std::memory_order_relaxed) != Streaming::kOff;
}

bool WorkerLoop::supervisor_naps() const noexcept {
  return header_.streaming.load(std::memory_order_relaxed) == Streaming::kNaps;
}

void WorkerLoop::fence_unless_streaming() const noexcept {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (!is_streaming()) std::atomic_thread_fence(std::memory_order_seq_cst);
}

// A supervisor to which results stream looks at our ring itself, before it sleeps and now and then;
// even if the next task runs for an hour. The word is read behind the publication: whoever still
// reads that it may put off has published before the supervisor looks.
void WorkerLoop::ring_or_put_off() {
  ++unrung_;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (is_streaming() && (unrung_ < kResultsARing || supervisor_naps())) return;
  ring_supervisor();
}

void WorkerLoop::ring_supervisor() {
  unrung_ = 0;
  // Whoever cannot ring cannot be heard: what was published is found when our death is noticed.
  if (!header_.bell.ring(identity_.slot, identity_.inherited.wake_fd)) ::_exit(kExitCannotRing);
}

void WorkerLoop::leave(Leave request) const {
  crash_point(CrashPoint::worker_leaving);
  const std::function<void()>& farewell = *identity_.context.on_worker_leave;
  if (request == Leave::in_good_order && farewell) {
    try {
      farewell();
    } catch (...) {  // pthread_exit's unwinding too, which may end nowhere but here
      std::fputs("revenant: on_worker_leave threw; the worker leaves\n", stderr);
      std::fflush(stdout);
      ::_exit(kExitLeaveFailed);
    }
  }
  // What the function printed; the supervisor's own text was dropped when the nursery was forked.
  std::fflush(stdout);
  ::_exit(0);
}

}  // namespace revenant
