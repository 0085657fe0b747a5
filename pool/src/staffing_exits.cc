// How workers and nurseries go: reports, notices, and what is left to clear away.
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <utility>

#include "pool/src/staffing.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

namespace revenant {
namespace {

// Long enough for an address space of a terabyte; it bounds a destructor.
constexpr int kEndTimeoutMs = 30'000;
// A spare that has just taken a place has the victim's task to run. To fork its successor at the
// same time would take the processor from it, for as long as a fork and a start need.
constexpr os::Nanoseconds kRefillDelay = std::chrono::milliseconds(2);

// Where the nursery died, its workers may have become the supervisor's own children (a supervisor
// that is init in its container, or a subreaper): nobody else will reap them. -1 where that is not
// so.
int reap_if_ours(const os::Process& process) noexcept {
  siginfo_t info{};
  const auto pidfd = static_cast<id_t>(process.pidfd());
  if (::waitid(static_cast<idtype_t>(P_PIDFD), pidfd, &info, WEXITED | WNOHANG) != 0) return -1;
  if (info.si_pid != process.pid()) return -1;
  return info.si_code == CLD_EXITED ? info.si_status << 8 : info.si_status;
}

}  // namespace

void Staffing::hear_nursery() {
  while (auto heard = nursery_.hear()) {
    const NurseryReport& report = heard->report;
    if (report.slot >= core_.roster.size()) continue;
    Slot& slot = core_.roster[report.slot];
    if (slot.generation != report.generation || slot.state == SlotState::free) continue;
    switch (report.news) {
      case NurseryNews::spawned:
        spawned(slot, *heard);
        break;
      case NurseryNews::spawn_failed:
        spawn_failed(slot, report);
        break;
      case NurseryNews::exited:
        exited(slot, report.status);
        break;
    }
  }
}

void Staffing::spawned(Slot& slot, NurseryLink::Heard& heard) {
  if (slot.state != SlotState::asked) return;
  if (!heard.pidfd) {
    // No descriptor was left for it. It has no task: it leaves as soon as it is ready, and its exit
    // is reported.
    slot.mailbox.control().leave.store(Leave::at_once, std::memory_order_release);
    slot.mailbox.control().bell.ring(WorkerSleep::for_tasks);
    slot.recovered = true;
    core_.roster.set_state(slot, SlotState::dying);
    core_.emit(EventKind::spawn_failed, &slot, 0, EMFILE);
    start_failed();
    return;
  }
  slot.process = os::Process::adopt(heard.report.pid, std::move(heard.pidfd));
  core_.roster.set_state(slot, SlotState::starting);
  core_.emit(EventKind::spawned, &slot);
  const EventToken token{EventSource::worker, static_cast<std::uint16_t>(slot.number),
                         slot.generation};
  // Without its place in epoll its end is still reported by the nursery.
  if (!epoll_.add(slot.process.pidfd(), EPOLLIN, token.pack())) kill(slot);
  if (slot.announced) {
    became_ready(slot);
  } else {
    look_for_ready(slot);
  }
}

void Staffing::spawn_failed(Slot& slot, const NurseryReport& report) {
  if (slot.state != SlotState::asked) return;
  core_.emit(EventKind::spawn_failed, &slot, 0, report.error);
  slot.recovered = true;
  slot.limit = os::TimePoint::max();
  // With a pid there was a fork, but no pidfd: the nursery has killed it, and will report its end.
  core_.roster.set_state(slot, report.pid > 0 ? SlotState::dying : SlotState::free);
  start_failed();
}

void Staffing::exited(Slot& slot, int status) {
  slot.status = status;
  slot.exited = true;
  slot.ended = true;  // reaped, so it has ended, whichever message came first
  died(slot);
  bury_if_gone(slot);
}

void Staffing::take_early_notices() {
  if (!watcher_) return;
  watcher_->take([this](NoticeWatcher::Notice notice) {
    Slot& slot = core_.roster[notice.slot];
    if (slot.state != SlotState::ready && slot.state != SlotState::leaving) return;
    // The watcher may have looked at the slot's last worker. The word itself says whose death it
    // was.
    std::uint32_t ignored = 0;
    if (prepare_to_wait(slot.mailbox.control().lock.word(), ignored) != HolderState::died) {
      watcher_->watch(notice.slot);
      return;
    }
    Event event;
    event.kind = EventKind::died_early;
    event.at = notice.at;
    event.slot = static_cast<int>(slot.number);
    event.generation = slot.generation;
    event.pid = slot.pid();
    core_.emit(event);
    died(slot);
  });
}

void Staffing::worker_ended(std::size_t number, std::uint32_t generation) {
  Slot& slot = core_.roster[number];
  if (slot.generation != generation || slot.state == SlotState::free || !slot.process) return;
  epoll_.remove(slot.process.pidfd());
  slot.ended = true;
  died(slot);
  bury_if_gone(slot);
}

void Staffing::died(Slot& slot) {
  const SlotState before = slot.state;
  const bool alive_before =
      before == SlotState::starting || before == SlotState::ready || before == SlotState::leaving;
  if (!alive_before) return;
  leave_active(slot);
  if (slot.retiring) --retiring_;
  slot.retiring = false;
  slot.limit = os::TimePoint::max();
  core_.roster.set_state(slot, SlotState::dying);
  if (before == SlotState::starting) {
    slot.recovered = true;
    if (!closed_) start_failed();
    return;
  }
  if (before == SlotState::ready && !closed_ && !restarts_.allow(core_.now)) failed_ = true;
  on_death_(slot);
}

void Staffing::recovered(Slot& slot) {
  slot.recovered = true;
  // A thread that ended, or an execve: the early notice is true of both, and the process lives on
  // without its worker.
  if (!slot.ended) kill(slot);
  bury_if_gone(slot);
  if (core_.active_workers < core_.options.workers) {
    refill_at_ = core_.now;  // no spare was there: the sooner, the better
  } else if (refill_at_ <= maintained_at_) {
    refill_at_ = core_.now + kRefillDelay;
  }
}

void Staffing::bury_if_gone(Slot& slot) {
  if (slot.state != SlotState::dying && slot.state != SlotState::lost) return;
  if (!slot.ended || !slot.recovered) return;
  const bool report_may_come = nursery_.is_alive() && slot.nursery == nurseries_;
  if (!slot.exited && report_may_come) return;
  if (!slot.exited && slot.process) slot.status = reap_if_ours(slot.process);
  Event event;
  event.kind = EventKind::died_final;
  event.at = os::now();
  event.slot = static_cast<int>(slot.number);
  event.generation = slot.generation;
  event.pid = slot.pid();
  event.status = slot.status;
  core_.emit(event);
  if (watcher_) watcher_->forget(slot.number);
  if (slot.process) epoll_.remove(slot.process.pidfd());
  slot.process = os::Process();
  core_.roster.set_state(slot, SlotState::free);
}

void Staffing::nursery_ended() {
  if (!nursery_.is_alive()) return;
  Event event;
  event.kind = EventKind::nursery_died;
  event.at = os::now();
  event.pid = nursery_.process().pid();
  epoll_.remove(nursery_.process().pidfd());
  epoll_.remove(nursery_.socket_fd());
  nursery_.kill_and_reap();
  hear_nursery();  // what it had still said
  nursery_.forget();
  core_.emit(event);
  for (Slot& slot : core_.roster) {
    if (slot.state == SlotState::asked) settle_unreported(slot);
    // A death without a pidfd, for which only the nursery could have spoken.
    if (slot.state == SlotState::dying && !slot.process && !slot.ended) settle_unreported(slot);
    // Dead by PR_SET_PDEATHSIG already, unless its code has cleared that.
    if (slot.state != SlotState::lost) kill(slot);
    bury_if_gone(slot);
  }
  if (!closed_ && !restarts_.allow(core_.now)) failed_ = true;
}

// The nursery died without saying what became of this request.
void Staffing::settle_unreported(Slot& slot) {
  slot.recovered = true;
  slot.limit = os::TimePoint::max();
  const pid_t pid = slot.mailbox.control().life.withdraw(slot.generation);
  auto process = pid > 0 ? os::Process::open(pid) : std::nullopt;
  if (!process) {
    core_.roster.set_state(slot, SlotState::free);
    return;
  }
  // It was sent SIGKILL when the nursery died. We wait for its end and send nothing: its pid may be
  // another's by now.
  core_.roster.set_state(slot, SlotState::lost);
  const EventToken token{EventSource::worker, static_cast<std::uint16_t>(slot.number),
                         slot.generation};
  if (!epoll_.add(process->pidfd(), EPOLLIN, token.pack())) return;  // the slot is not used again
  slot.process = std::move(*process);
}

void Staffing::end_all() noexcept {
  closed_ = true;
  // It ends its workers, also those that we have not heard of, and leaves no zombie to anybody.
  if (nursery_.is_alive()) nursery_.end(kEndTimeoutMs);
  for (Slot& slot : core_.roster) {
    if (slot.state != SlotState::lost) kill(slot);
  }
  for (Slot& slot : core_.roster) wait_for_end(slot);
}

void Staffing::wait_for_end(Slot& slot) noexcept {
  if (slot.state == SlotState::free) return;
  if (!slot.process) {
    const pid_t pid = slot.mailbox.control().life.withdraw(slot.generation);
    if (pid <= 0) return;
    auto process = os::Process::open(pid);
    if (!process) return;
    slot.process = std::move(*process);
  }
  slot.process.wait_ended(kEndTimeoutMs);
  reap_if_ours(slot.process);
  epoll_.remove(slot.process.pidfd());
  slot.process = os::Process();
  if (watcher_) watcher_->forget(slot.number);
}

}  // namespace revenant
