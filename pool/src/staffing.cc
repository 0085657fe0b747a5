#include "pool/src/staffing.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "pool/os/error.h"
#include "pool/os/proc.h"
#include "pool/src/crash_point.h"
#include "pool/src/early_notice.h"

namespace revenant {
namespace {

// Looking at a worker's memory costs some system calls.
constexpr std::uint32_t kTasksBetweenLooks = 64;

}  // namespace

Staffing::Staffing(Core& core, os::Epoll& epoll, const os::EventFd& wake, OnDeath on_death)
    : core_(core),
      epoll_(epoll),
      wake_(wake),
      on_death_(std::move(on_death)),
      self_(os::open_pidfd(::getpid())),
      nursery_(context_),
      restarts_(core.options.restarts_max, core.options.restart_period),
      backoff_(core.options.backoff_first, core.options.backoff_max) {
  if (!self_) os::throw_errno("pidfd_open of the supervisor");
  context_.region = &core.region;
  context_.function = &core.function;
  context_.on_worker_start = &core.options.on_worker_start;
  context_.on_worker_leave = &core.options.on_worker_leave;
  context_.payload_bytes_max = core.options.payload_bytes_max;
  context_.wake_fd = wake.fd();
  context_.supervisor_fd = self_.get();
}

Staffing::~Staffing() { end_all(); }

void Staffing::begin() {
  const bool tries = core_.options.death_notice == DeathNotice::automatic;
  context_.tries_early_notice = tries && core_.header.trial_lock.reset();
  start_nursery();
  if (context_.tries_early_notice && early_notice_works(core_.header)) {
    std::vector<os::FutexWord*> locks;
    for (Slot& slot : core_.roster) locks.push_back(&slot.mailbox.control().lock.word());
    try {
      watcher_ = std::make_unique<NoticeWatcher>(std::move(locks), wake_);
    } catch (const std::system_error&) {
      // No thread to be had: the final notice does.
    }
  }
  context_.tries_early_notice = false;
  maintain();
}

void Staffing::start_nursery() {
  std::vector<int> close_first{epoll_.fd()};
  for (Slot& slot : core_.roster) close_first.push_back(slot.process.pidfd());
  nursery_.start(close_first);
  ++nurseries_;
  const bool added =
      epoll_.add(nursery_.socket_fd(), EPOLLIN, EventToken{EventSource::nursery_socket}.pack()) &&
      epoll_.add(nursery_.process().pidfd(), EPOLLIN,
                 EventToken{EventSource::nursery_process}.pack());
  if (!added) {
    const int error = errno;
    nursery_.kill_and_reap();
    nursery_.forget();
    errno = error;
    os::throw_errno("epoll_ctl for the pool's nursery");
  }
  Event event;
  event.kind = EventKind::nursery_started;
  event.at = os::now();
  event.pid = nursery_.process().pid();
  core_.emit(event);
}

void Staffing::maintain() {
  maintained_at_ = core_.now;
  if (closed_ || failed_) return;
  if (!nursery_.is_alive()) {
    if (!backoff_.may_start(core_.now)) return;
    try {
      start_nursery();
    } catch (const std::system_error& error) {
      core_.emit(EventKind::nursery_failed, nullptr, 0, error.code().value());
      start_failed();
      return;
    }
  }
  if (core_.now < refill_at_) return;
  while (staff() < core_.options.workers + core_.options.spares && backoff_.may_start(core_.now)) {
    Slot* const slot = core_.roster.find_free();
    if (slot == nullptr) break;
    ask(*slot);
  }
  nursery_.flush();
}

std::size_t Staffing::staff() const noexcept {
  const Roster& roster = core_.roster;
  return roster.count(SlotState::asked) + roster.count(SlotState::starting) +
         roster.count(SlotState::ready) - retiring_;
}

void Staffing::ask(Slot& slot) {
  slot.begin_generation();
  slot.nursery = nurseries_;
  // The limit is set before the fork: a start that hangs anywhere is seen.
  set_limit(slot, core_.options.start_timeout);
  if (!slot.mailbox.prepare(slot.generation)) {
    start_failed();
    return;
  }
  core_.roster.set_state(slot, SlotState::asked);
  core_.emit(EventKind::spawn_asked, &slot);
  // The first ones are the pool's workers; all that follow are spares and replacements.
  const bool stands_in = asked_ >= core_.options.workers;
  ++asked_;
  nursery_.ask({static_cast<std::uint32_t>(slot.number), slot.generation, stands_in ? 1u : 0u});
  crash_point(CrashPoint::supervisor_asked);
}

void Staffing::look_for_ready(Slot& slot) {
  if (slot.announced || slot.state == SlotState::free) return;
  const auto& ready = slot.mailbox.control().ready_generation;
  if (ready.load(std::memory_order_acquire) != slot.generation) return;
  slot.announced = true;
  if (slot.state == SlotState::starting) became_ready(slot);
}

void Staffing::became_ready(Slot& slot) {
  core_.roster.set_state(slot, SlotState::ready);
  slot.limit = os::TimePoint::max();
  backoff_.succeeded();
  if (watcher_) watcher_->watch(slot.number);
  core_.emit(EventKind::ready, &slot);
  if (core_.active_workers >= core_.options.workers) {
    core_.roster.add_spare(slot);
    return;
  }
  slot.active = true;
  ++core_.active_workers;
  core_.roster.add_idle(slot);
}

void Staffing::settle_watch() noexcept {
  if (!watcher_) return;
  // Early is for who has tasks. While many workers start and nobody has any, a wake-up of the
  // watcher for each, with all the words that it waits on, would keep a processor from them.
  const Roster& roster = core_.roster;
  const bool starting = roster.count(SlotState::asked) + roster.count(SlotState::starting) != 0;
  if (starting && core_.ledger.open_tasks() == 0) return;
  watcher_->settle();
}

void Staffing::start_failed() {
  backoff_.failed(core_.now);
  if (core_.roster.count(SlotState::ready) == 0 &&
      backoff_.failures_in_a_row() >= core_.options.start_failures_max) {
    failed_ = true;
  }
}

void Staffing::retire_if_due(Slot& slot) {
  if (!slot.takes_tasks()) return;
  const PoolOptions& options = core_.options;
  bool due = options.recycle_after_tasks != 0 && slot.finished >= options.recycle_after_tasks;
  if (!due && options.recycle_above_bytes != 0 && slot.finished >= slot.next_look) {
    slot.next_look = slot.finished + kTasksBetweenLooks;
    const auto stat = os::read_proc_stat(slot.pid());
    due = stat && !slot.process.has_ended() && stat->resident_bytes > options.recycle_above_bytes;
  }
  if (!due) return;
  core_.emit(EventKind::recycled, &slot);
  retire(slot);
}

void Staffing::retire(Slot& slot) {
  if (slot.state != SlotState::ready || slot.retiring) return;
  core_.roster.retire(slot);
  leave_active(slot);
  slot.retiring = true;
  ++retiring_;
}

void Staffing::leave_active(Slot& slot) noexcept {
  if (!slot.active) return;
  slot.active = false;
  --core_.active_workers;
}

void Staffing::ask_to_leave(Slot& slot) {
  slot.retiring = false;
  --retiring_;
  core_.roster.set_state(slot, SlotState::leaving);
  set_limit(slot, core_.options.leave_timeout);
  MailboxControl& control = slot.mailbox.control();
  control.leave.store(Leave::in_good_order, std::memory_order_release);
  control.bell.ring(WorkerSleep::for_tasks);
}

os::TimePoint Staffing::next_limit() {
  os::TimePoint next = os::TimePoint::max();
  const Roster& roster = core_.roster;
  if (roster.count(SlotState::asked) + roster.count(SlotState::starting) +
          roster.count(SlotState::leaving) !=
      0) {
    next = first_limit_;
  }
  const bool short_staffed =
      !nursery_.is_alive() || staff() < core_.options.workers + core_.options.spares;
  // What maintain() could not ask for then waits for the back-off, or for a slot to become free,
  // which is an event.
  const os::TimePoint not_before = std::max(backoff_.not_before(), refill_at_);
  if (!closed_ && !failed_ && short_staffed && not_before > maintained_at_) {
    next = std::min(next, not_before);
  }
  return next;
}

void Staffing::set_limit(Slot& slot, os::Nanoseconds after) noexcept {
  slot.limit = core_.now + after;
  first_limit_ = std::min(first_limit_, slot.limit);
}

void Staffing::check_limits() {
  bool nursery_hangs = false;
  first_limit_ = os::TimePoint::max();
  for (Slot& slot : core_.roster) {
    if (slot.limit > core_.now) {
      first_limit_ = std::min(first_limit_, slot.limit);
      continue;
    }
    slot.limit = os::TimePoint::max();
    if (slot.state == SlotState::asked) {
      // The nursery has not said anything for all that time: stopped, or out of its mind.
      nursery_hangs = true;
    } else if (slot.state == SlotState::starting) {
      core_.emit(EventKind::start_timed_out, &slot);
      kill(slot);
    } else if (slot.state == SlotState::leaving) {
      kill(slot);
    }
  }
  if (nursery_hangs) nursery_.process().send_signal(SIGKILL);
}

void Staffing::kill(Slot& slot) noexcept {
  if (slot.process) slot.process.send_signal(SIGKILL);
}

bool Staffing::is_empty() const noexcept {
  return core_.roster.count(SlotState::free) == core_.roster.size();
}

}  // namespace revenant
