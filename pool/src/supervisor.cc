#include "pool/src/supervisor.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <new>
#include <system_error>
#include <utility>

#include "pool/os/check.h"
#include "pool/os/error.h"
#include "pool/src/options_check.h"
#include "pool/src/spin.h"

namespace revenant {
namespace {

// Results taken from one worker before the others have their turn.
constexpr std::size_t kResultsAVisit = 1024;
// While results stream in, the kernel is asked about deaths so often.
constexpr os::Nanoseconds kKernelLookPeriod = std::chrono::microseconds(200);
// And busy workers about what they did not ring for; a look at one costs about a twentieth of this.
constexpr os::Nanoseconds kBusyLookPeriod = std::chrono::microseconds(50);
constexpr os::Nanoseconds kBusyLookPeriodEach = std::chrono::microseconds(1);
// Two wake-ups on a virtual machine: a worker that sleeps has to wake up and to answer. No spinning
// for tasks that take longer than that.
constexpr os::Nanoseconds kSpinMax = std::chrono::microseconds(100);
// A nap costs both sides some ten microseconds.
constexpr os::Nanoseconds kNapMin = std::chrono::microseconds(100);
constexpr os::Nanoseconds kNapMax = std::chrono::milliseconds(1);
// When no tasks wait the caller may be waiting for each result: it is late by no more than a part
// of the time that it has spent behind others.
constexpr std::size_t kPrefetchedToNap = 8;

}  // namespace

Supervisor::Call::Call(Supervisor& supervisor, const OutcomeHandler& handler) noexcept
    : supervisor_(supervisor) {
  REVENANT_CHECK(supervisor_.core_.handler == nullptr,
                 "a handler may call submit() and nothing else of its pool");
  supervisor_.core_.handler = &handler;
  supervisor_.core_.delivered = 0;
  supervisor_.core_.now = os::now();
  supervisor_.core_.header.processor.update();
}

Supervisor::Call::~Call() {
  // Left behind by a handler that threw.
  if (supervisor_.dispatcher_.has_put_off()) supervisor_.dispatcher_.dispatch_waiting();
  supervisor_.core_.handler = nullptr;
  if (supervisor_.outside_loop_) {
    supervisor_.arm_for_outside();
  } else {
    supervisor_.core_.streaming.delivered(supervisor_.core_.delivered);
  }
}

Supervisor::Supervisor(WorkerFunction function, PoolOptions options)
    : core_(std::move(function), checked(std::move(options))),
      dispatcher_(core_),
      collector_(core_),
      recovery_(core_, collector_),
      staffing_(core_, epoll_, wake_, [this](Slot& slot) { dead_.push_back(slot.number); }) {
  to_visit_.reserve(core_.roster.size());
  visiting_.reserve(core_.roster.size());
  dead_.reserve(core_.roster.size());
  // Edge-triggered and never read: every ring is an event, and costs the ringer alone.
  const std::uint32_t edge = EPOLLIN | EPOLLET;
  if (!epoll_.add(wake_.fd(), edge, EventToken{EventSource::bell}.pack()) ||
      !epoll_.add(timer_.fd(), EPOLLIN, EventToken{EventSource::timer}.pack())) {
    os::throw_errno("epoll_ctl for the pool's own descriptors");
  }
  staffing_.begin();
}

SubmitResult Supervisor::submit(std::string_view payload, std::uint64_t tag) {
  return submit_with<&Ledger::add>(payload, tag);
}

SubmitResult Supervisor::submit_lent(std::string_view payload, std::uint64_t tag) {
  return submit_with<&Ledger::add_lent>(payload, tag);
}

template <Supervisor::AddToLedger Add>
SubmitResult Supervisor::submit_with(std::string_view payload, std::uint64_t tag) {
  const PoolOptions& options = core_.options;
  if (!core_.takes_tasks) return SubmitResult::stopped;
  if (payload.size() > options.payload_bytes_max) return SubmitResult::too_large;
  if (core_.ledger.open_tasks() >= options.queue_max ||
      core_.ledger.open_bytes() + payload.size() > options.queue_bytes_max) {
    return SubmitResult::full;
  }
  try {
    core_.ledger.wait_at_back((core_.ledger.*Add)(payload, tag));
  } catch (const std::bad_alloc&) {
    return SubmitResult::no_memory;
  }
  if (!dispatcher_.may_put_off(payload.size())) dispatcher_.dispatch_waiting();
  if (outside_loop_ && core_.handler == nullptr) arm_after_submit();
  return SubmitResult::accepted;
}

std::size_t Supervisor::poll(os::Nanoseconds timeout, const OutcomeHandler& handler) {
  const Call call(*this, handler);
  const os::TimePoint until = limit_after(core_.now, timeout);
  while (true) {
    run_round();
    if (core_.delivered != 0 || core_.ledger.open_tasks() == 0) return core_.delivered;
    if (timeout.count() == 0 || os::now() >= until) return 0;
    wait(until);
  }
}

bool Supervisor::drain(os::Nanoseconds timeout, const OutcomeHandler& handler) {
  const os::TimePoint until = limit_after(os::now(), timeout);
  while (core_.ledger.open_tasks() != 0) {
    const os::Nanoseconds left = std::max(until - os::now(), os::Nanoseconds(0));
    poll(left, handler);
    if (left.count() == 0) break;
  }
  return core_.ledger.open_tasks() == 0;
}

void Supervisor::run_round() {
  core_.header.bell.take(core_.roster.size(), [this](std::size_t slot) {
    if (slot < core_.roster.size()) list_to_visit(core_.roster[slot]);
  });
  // A caller with a loop of its own may have been told by the kernel just now, and but once.
  if (outside_loop_ || core_.now >= next_kernel_look_) {
    handle_events(os::Nanoseconds(0));
    core_.now = os::now();
    next_kernel_look_ = core_.now + kKernelLookPeriod;
  }
  if (core_.streaming.on() && core_.now >= next_busy_look_) look_at_busy();
  if (staffing_.has_early_notice()) staffing_.take_early_notices();
  recover_the_dead();
  // Each once: whoever has more by then has its next turn when deaths and timers have had theirs,
  // and the caller has seen the end of its call.
  visiting_.insert(visiting_.end(), to_visit_.begin(), to_visit_.end());
  to_visit_.clear();
  while (!visiting_.empty()) {
    // Taken off first: a handler that throws has consumed its outcome, and the rest of the list
    // stays for the next call.
    Slot& slot = core_.roster[visiting_.back()];
    visiting_.pop_back();
    slot.to_visit = false;
    visit(slot);
  }
  run_timers();
  recover_the_dead();
  stop_if_failed();
  dispatcher_.dispatch_waiting();
  staffing_.settle_watch();
}

void Supervisor::list_to_visit(Slot& slot) {
  if (slot.to_visit) return;
  slot.to_visit = true;
  to_visit_.push_back(slot.number);
}

void Supervisor::visit(Slot& slot) {
  if (!slot.announced) staffing_.look_for_ready(slot);
  if (slot.state != SlotState::ready || slot.abandoned) return;
  // Should the handler throw, what else this worker has published is looked at in the next call.
  list_to_visit(slot);
  const Collected collected = collector_.collect(slot, kResultsAVisit);
  to_visit_.pop_back();
  slot.to_visit = false;
  dispatcher_.go_on_writing(slot);
  if (collected == Collected::corrupt) {
    core_.emit(EventKind::corrupt, &slot);
    staffing_.retire(slot);
    staffing_.kill(slot);
    return;
  }
  staffing_.retire_if_due(slot);
  if (slot.retiring) {
    recovery_.promote_spares();
    if (slot.is_idle()) staffing_.ask_to_leave(slot);
  }
  if (core_.ledger.has_waiting()) dispatcher_.dispatch_waiting();
  if (collected == Collected::some) list_to_visit(slot);
}

void Supervisor::recover_the_dead() {
  while (!dead_.empty()) {
    Slot& slot = core_.roster[dead_.back()];
    recovery_.recover(slot);  // may throw: the slot stays on the list
    dead_.pop_back();
    recovery_.promote_spares();
    dispatcher_.dispatch_waiting();
    staffing_.recovered(slot);
  }
}

void Supervisor::look_at_busy() {
  for (Slot* slot = core_.roster.oldest_busy(); slot != nullptr;
       slot = core_.roster.next_busy(*slot)) {
    if (slot->results.has_record()) list_to_visit(*slot);
  }
  next_busy_look_ = core_.now + kBusyLookPeriod +
                    kBusyLookPeriodEach * static_cast<std::int64_t>(core_.roster.busy_count());
}

void Supervisor::end_streaming() {
  const bool streamed = core_.streaming.on();
  core_.streaming.end();
  if (streamed) look_at_busy();
}

bool Supervisor::something_rang() const noexcept {
  return core_.header.bell.any(core_.roster.size()) || staffing_.has_early_notice();
}

bool Supervisor::shares_a_processor() noexcept {
  for (Slot* slot = core_.roster.oldest_busy(); slot != nullptr;
       slot = core_.roster.next_busy(*slot)) {
    if (slot->mailbox.control().processor.is_ours()) return true;
  }
  return false;
}

void Supervisor::wait(os::TimePoint until) {
  // Somebody has more results than one round takes.
  if (!to_visit_.empty()) return;
  if (const auto nap = begin_nap()) {
    sleep(std::min(until, *nap));
    return look_at_busy();
  }
  const bool may_spin = core_.may_spin && core_.roster.busy_count() != 0;
  if (may_spin && core_.prefetch.service_time() < kSpinMax) {
    const os::Nanoseconds at_most = std::min(kSpinMax, until - os::now());
    // The kernel likes to wake a worker where its waker runs, though another processor is free: it
    // would wait there until we have spun enough. Those that work on are pulled apart in time.
    const bool woke_one = std::exchange(core_.woke_a_worker, false);
    const auto in_the_way = [&] { return woke_one && shares_a_processor(); };
    const auto rang = [this] { return something_rang(); };
    core_.header.processor.update();
    if (spin_for(at_most, core_.header.spin_allowed, rang, in_the_way)) return;
  }
  end_streaming();
  if (!to_visit_.empty()) return;
  sleep(until);
}

std::optional<os::TimePoint> Supervisor::begin_nap() noexcept {
  const auto each = static_cast<std::int64_t>(tasks_on_every_worker());
  const auto length = std::min(kNapMax, core_.prefetch.service_time() * each * 3 / 4);
  if (length < kNapMin || !core_.streaming.begin_naps()) return std::nullopt;
  return os::now() + length;
}

std::size_t Supervisor::tasks_on_every_worker() noexcept {
  // Whoever has less than half of what it may have is given waiting ones.
  if (core_.ledger.has_waiting()) return core_.roster.busy_count() != 0 ? core_.depth() / 2 : 0;
  if (core_.roster.idle_top() != nullptr) return 0;
  std::size_t least = SIZE_MAX;
  for (Slot* slot = core_.roster.oldest_busy(); slot != nullptr;
       slot = core_.roster.next_busy(*slot)) {
    least = std::min(least, slot->dispatched.size());
    if (least < kPrefetchedToNap) return 0;
  }
  return core_.roster.busy_count() != 0 ? least / 2 : 0;
}

void Supervisor::sleep(os::TimePoint until) {
  const os::TimePoint wake_at = std::min(until, next_timer());
  if (!core_.header.bell.begin_sleep(core_.roster.size())) return;
  std::optional<os::Nanoseconds> timeout;
  if (wake_at != os::TimePoint::max()) timeout = wake_at - os::now();
  // On the bell, on every death, and on the nursery together: whoever has taken our word and died
  // before it woke us is among the dead.
  handle_events(timeout);
  core_.header.bell.end_sleep();
  core_.header.processor.update();
  core_.now = os::now();
}

void Supervisor::handle_events(std::optional<os::Nanoseconds> timeout) {
  std::array<epoll_event, 64> buffer;
  for (const epoll_event& event : epoll_.wait(buffer, timeout)) {
    const EventToken token = EventToken::unpack(event.data.u64);
    switch (token.source) {
      case EventSource::bell:
        break;  // the bits say who rang, the watcher who died
      case EventSource::timer:
        timer_.clear();
        break;
      case EventSource::nursery_socket:
        staffing_.hear_nursery();
        if ((event.events & (EPOLLHUP | EPOLLERR)) != 0) staffing_.nursery_ended();
        break;
      case EventSource::nursery_process:
        staffing_.nursery_ended();
        break;
      case EventSource::worker:
        staffing_.worker_ended(token.slot, token.generation);
        break;
    }
  }
}

int Supervisor::event_descriptor() {
  outside_loop_ = true;
  arm_for_outside();
  return epoll_.fd();
}

// The caller sleeps where we cannot see it: the pool behaves as if it slept, or napped, from now
// on. A timer that goes off too early costs one look, and is left as it is: while tasks stream it
// would otherwise be set in every call.
void Supervisor::arm_for_outside() {
  const auto nap = begin_nap();
  if (!nap) end_streaming();
  const os::TimePoint next = std::min(next_timer(), nap.value_or(os::TimePoint::max()));
  if (next < timer_set_to_ || timer_set_to_ <= core_.now) set_timer(next);
  timer_covers_submits_ = false;
  const bool more_to_do =
      !to_visit_.empty() || !visiting_.empty() || !dead_.empty() || staffing_.has_early_notice();
  if (more_to_do || !core_.header.bell.begin_sleep(core_.roster.size())) wake_.ring();
}

// The bell is still armed; a task that was given away just now asks for nothing but the timer, and
// once that is set for the first of them the later ones need nothing.
void Supervisor::arm_after_submit() {
  if (timer_covers_submits_) return;
  timer_covers_submits_ = true;
  const os::TimePoint due = os::now() + first_due_after_submit();
  if (due < timer_set_to_) set_timer(due);
}

void Supervisor::set_timer(os::TimePoint when) {
  timer_set_to_ = when;
  timer_.set(when == os::TimePoint::max() ? std::nullopt : std::optional(when));
}

}  // namespace revenant
