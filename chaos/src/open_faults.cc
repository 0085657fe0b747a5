#include "chaos/src/open_faults.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kStopLook = 500'000;
constexpr Nanos kExit0Look = 20'000'000;
// A task that ends its worker may have its outcome before the last death was looked at.
constexpr Nanos kDeathAfterOutcome = 100'000'000;

std::string describe_status(int status) {
  return WIFSIGNALED(status) ? fmt::format("of signal {}", WTERMSIG(status))
                             : fmt::format("with code {}", WEXITSTATUS(status));
}

bool may_have_died_of_sigkill(const std::optional<int>& status) {
  return !status || (WIFSIGNALED(*status) && WTERMSIG(*status) == SIGKILL);
}

// Nobody survives a SIGKILL or ends otherwise; the other signals may be handled as one likes.
bool is_sure_to_kill(FaultKind kind) noexcept {
  switch (kind) {
    case FaultKind::kill:
    case FaultKind::kill_some:
    case FaultKind::kill_all:
    case FaultKind::kill_main:
    case FaultKind::kill_group:
    case FaultKind::spawn_fails:
    case FaultKind::oom:
      return true;
    case FaultKind::stop:
    case FaultKind::segv:
    case FaultKind::abort:
    case FaultKind::term:
    case FaultKind::exit0:
      return false;
  }
  return false;
}

std::string evidence_of_end(const std::optional<int>& status) {
  if (!status) return "pidfd readable";  // the kernel does not tell how
  return "pidfd readable, ended " + describe_status(*status);
}

}  // namespace

OpenFaults::OpenFaults(ProcessTree& tree, const Conversation& conversation, SpawnGate& gate,
                       MemoryLimit& limit, Recorder& recorder)
    : tree_(tree), conversation_(conversation), gate_(gate), limit_(limit), recorder_(recorder) {}

void OpenFaults::add(OpenFault fault) {
  if (fault.kind == FaultKind::exit0) next_exit0_look_ = fault.event.sent + kExit0Look;
  if (fault.kind == FaultKind::stop) next_stop_look_ = fault.event.sent;
  fault.event.state = FaultState::indeterminate;
  open_.push_back(std::move(fault));
}

void OpenFaults::skip(FaultDone event, std::string why) {
  event.state = FaultState::skipped;
  event.evidence = std::move(why);
  event.victim = -1;
  recorder_.record(std::move(event));
}

void OpenFaults::install(OpenFault& open, Nanos seen, std::string evidence) {
  open.event.state = FaultState::installed;
  open.event.seen = seen;
  open.event.evidence += (open.event.evidence.empty() ? "" : "; ") + evidence;
  open.seen = true;
  ++installed_;
}

void OpenFaults::on_ended(Member& member) {
  std::erase_if(
      open_, [&](OpenFault& open) { return open.token == member.token && take_end(open, member); });
  take_exit0(member);
}

bool OpenFaults::take_end(OpenFault& open, Member& member) {
  const Nanos seen = *member.ended;
  const bool out_of_memory = open.kind != FaultKind::oom || limit_.has_killed();
  if (open.kind == FaultKind::oom) limit_.lift();
  if (!out_of_memory) {
    open.event.state = FaultState::skipped;
    open.event.evidence = "the worker was ended otherwise before it was out of memory";
    member.was_killed = false;
  } else if (open.kind == FaultKind::stop) {
    // What stopped it has ended with it; there is nobody to continue.
    if (open.seen) {
      open.event.evidence += ", ended while stopped";
    } else {
      open.event.state = FaultState::skipped;
      open.event.evidence = "the worker ended before it was seen to stop";
    }
  } else if (is_sure_to_kill(open.kind) && !may_have_died_of_sigkill(member.status)) {
    open.event.state = FaultState::skipped;
    open.event.evidence =
        "the worker had ended by itself " + describe_status(*member.status) + " when it was sent";
    if (open.kind == FaultKind::spawn_fails) open_gate(open, seen);
  } else {
    install(open, seen, evidence_of_end(member.status));
    if (open.kind == FaultKind::spawn_fails) {
      open.continue_at = std::max(seen, open.event.sent + open.stop_for);
      return false;  // it lasts
    }
  }
  finish(open, seen);
  return true;
}

// A task may end several workers: one fault, several victims. Which of several such tasks it was
// cannot be seen; the one that has ended the fewest is taken.
void OpenFaults::take_exit0(Member& member) {
  if (member.ended_while_closing) return;
  if (!member.is_worker || member.was_killed || member.was_hit || !member.status ||
      !WIFEXITED(*member.status) || WEXITSTATUS(*member.status) != 0) {
    return;
  }
  OpenFault* task = nullptr;
  for (OpenFault& open : open_) {
    if (open.kind != FaultKind::exit0) continue;
    if (task == nullptr || open.victims < task->victims) task = &open;
  }
  if (task == nullptr) return;
  ++task->victims;
  task->seen = true;
  member.was_hit = true;
  OpenFault victim = *task;
  victim.event.victim = member.process.pid();
  victim.event.worker_number = member.worker_number;
  victim.event.sent = *member.ended;  // when it took the task is not known
  install(victim, *member.ended, evidence_of_end(member.status));
  finish(victim, *member.ended);
}

bool OpenFaults::on_main_ended(int status, Nanos now) {
  bool by_fault = false;
  std::erase_if(open_, [&](OpenFault& open) {
    if (open.kind != FaultKind::kill_main && open.kind != FaultKind::kill_group) return false;
    if (may_have_died_of_sigkill(status)) {
      install(open, now, "pidfd readable");
      by_fault = true;
    } else {
      open.event.state = FaultState::skipped;
      open.event.evidence = "the main process had ended by itself " + describe_status(status);
    }
    finish(open, now);
    return true;
  });
  return by_fault;
}

void OpenFaults::tick(Nanos now) {
  next_stop_look_ = now + kStopLook;
  next_exit0_look_ = now + kExit0Look;
  std::erase_if(open_, [&](OpenFault& open) {
    if (open.kind == FaultKind::exit0) {
      if (conversation_.is_open(*open.event.task)) return false;
      if (now - conversation_.last_progress() < kDeathAfterOutcome) return false;
      if (open.seen) return true;
      open.event.evidence = "the task had an outcome, and no worker was seen to end with code 0";
      finish(open, now);
      return true;
    }
    if (open.kind == FaultKind::stop && !open.seen) look_for_stop(open, now);
    if (open.seen && now >= open.continue_at) {
      if (open.kind == FaultKind::stop) send_continue(open, now);
      if (open.kind == FaultKind::spawn_fails) open_gate(open, now);
      finish(open, now);
      return true;
    }
    return !open.seen && now - open.event.sent >= kEffectBound && give_up(open, now);
  });
}

bool OpenFaults::give_up(OpenFault& open, Nanos now) {
  open.event.evidence = fmt::format("nothing was seen within {} s", kEffectBound / 1'000'000'000);
  if (open.kind == FaultKind::stop) send_continue(open, now);
  if (open.kind == FaultKind::spawn_fails) open_gate(open, now);
  if (open.kind == FaultKind::oom) {
    limit_.lift();
    open.event.state = FaultState::skipped;
    open.event.evidence = "the worker touched no new memory for 2 s";
    if (Member* const member = tree_.find(open.token)) member->was_killed = false;
  }
  finish(open, now);
  return true;
}

void OpenFaults::look_for_stop(OpenFault& open, Nanos now) {
  const Member* const member = tree_.find(open.token);
  if (member == nullptr) return;
  const auto stat = os::read_proc_stat(member->process.pid());
  if (!stat || stat->start_time_ticks != member->process.start_time_ticks()) return;
  if (stat->state != 'T') return;
  install(open, now, "state T");
  open.continue_at = now + open.stop_for;
}

void OpenFaults::send_continue(OpenFault& open, Nanos now) {
  Member* const member = tree_.find(open.token);
  if (member == nullptr || member->ended) return;
  if (!member->process.send_signal(SIGCONT)) return;
  member->is_stopped = false;
  open.event.ended = now;
}

void OpenFaults::open_gate(OpenFault& open, Nanos now) {
  const std::uint64_t refused = gate_.open();
  open.event.ended = now;
  open.event.evidence += refused == 0 ? "; nobody tried to start a process"
                                      : fmt::format("; fork was refused, times: {}", refused);
}

void OpenFaults::end_lasting(Nanos now) {
  std::erase_if(open_, [&](OpenFault& open) {
    if (open.kind == FaultKind::spawn_fails) {
      open_gate(open, now);
      if (!open.seen) return false;  // the death may still be seen
    } else if (open.kind == FaultKind::stop) {
      if (!open.seen) look_for_stop(open, now);
      if (!open.seen) open.event.evidence = "continued before it was seen to stop";
      send_continue(open, now);
    } else {
      return false;
    }
    finish(open, now);
    return true;
  });
}

void OpenFaults::finish(const OpenFault& open, Nanos now) { recorder_.record(now, open.event); }

bool OpenFaults::is_waiting() const noexcept {
  return std::any_of(open_.begin(), open_.end(), [](const OpenFault& open) { return !open.seen; });
}

bool OpenFaults::waits_for(std::uint64_t token) const noexcept {
  return std::any_of(open_.begin(), open_.end(),
                     [&](const OpenFault& open) { return open.token == token && !open.seen; });
}

Nanos OpenFaults::next_due() const noexcept {
  Nanos due = std::numeric_limits<Nanos>::max();
  for (const OpenFault& open : open_) {
    if (open.kind == FaultKind::exit0) {
      due = std::min(due, next_exit0_look_);
    } else if (open.seen) {
      due = std::min(due, open.continue_at);
    } else if (open.kind == FaultKind::stop) {
      due = std::min(due, next_stop_look_);
    } else {
      due = std::min(due, open.event.sent + kEffectBound);
    }
  }
  return due;
}

}  // namespace revenant::chaos
