#include "chaos/src/injector.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "chaos/src/option_text.h"
#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kStopLook = 500'000;

std::string describe_status(int status) {
  return WIFSIGNALED(status) ? fmt::format("of signal {}", WTERMSIG(status))
                             : fmt::format("with code {}", WEXITSTATUS(status));
}

}  // namespace

Injector::Injector(Workers& workers, ProcessTree& tree, Recorder& recorder)
    : workers_(workers), tree_(tree), recorder_(recorder) {}

void Injector::inject(const PlannedFault& fault, Nanos planned) {
  std::vector<Member*> victims = workers_.alive();
  std::erase_if(victims, [&](const Member* member) {
    return member->was_killed || (fault.kind == FaultKind::stop && member->is_stopped);
  });
  if (victims.empty()) {
    skip(fault, planned,
         workers_.alive_count() == 0 ? "no worker was alive" : "every worker was a victim already");
    return;
  }
  if (fault.kind == FaultKind::kill_all) {
    for (Member* const victim : victims) send(fault, planned, *victim);
  } else {
    send(fault, planned, *victims[fault.victim_draw % victims.size()]);
  }
}

void Injector::skip(const PlannedFault& fault, Nanos planned, std::string why) {
  FaultDone event;
  event.n = fault.n;
  event.fault = to_string(fault.kind);
  event.planned = planned;
  event.state = FaultState::skipped;
  event.evidence = std::move(why);
  recorder_.record(std::move(event));
}

void Injector::send(const PlannedFault& fault, Nanos planned, Member& victim) {
  const bool stops = fault.kind == FaultKind::stop;
  const Nanos sent = recorder_.now();
  if (!victim.process.send_signal(stops ? SIGSTOP : SIGKILL)) {
    skip(fault, planned, "the worker had ended before the signal could be sent");
    return;
  }
  if (stops) {
    victim.is_stopped = true;
    next_stop_look_ = sent;
  } else {
    victim.was_killed = true;
  }
  Open open;
  open.kind = fault.kind;
  open.token = victim.token;
  open.stop_for = fault.stop_for;
  open.event.n = fault.n;
  open.event.fault = to_string(fault.kind);
  open.event.planned = planned;
  open.event.state = FaultState::indeterminate;
  open.event.victim = victim.process.pid();
  open.event.sent = sent;
  open_.push_back(std::move(open));
  workers_.expect_change(sent);
}

void Injector::on_ended(const Member& member) {
  const Nanos seen = *member.ended;
  std::erase_if(open_, [&](Open& open) {
    if (open.token != member.token) return false;
    if (open.kind == FaultKind::stop) {
      // What stopped it has ended with it; there is nobody to continue.
      if (!open.seen) {
        open.event.state = FaultState::skipped;
        open.event.evidence = "the worker ended before it was seen to stop";
      } else {
        open.event.evidence += ", ended while stopped";
      }
    } else if (member.status &&
               !(WIFSIGNALED(*member.status) && WTERMSIG(*member.status) == SIGKILL)) {
      open.event.state = FaultState::skipped;
      open.event.evidence =
          "the worker had ended by itself " + describe_status(*member.status) + " when it was sent";
    } else {
      open.event.state = FaultState::installed;
      open.event.seen = seen;
      open.event.evidence = "pidfd readable";
      ++installed_;
    }
    finish(open, seen);
    return true;
  });
}

void Injector::tick(Nanos now) {
  next_stop_look_ = now + kStopLook;
  std::erase_if(open_, [&](Open& open) {
    if (open.kind == FaultKind::stop && !open.seen) look_for_stop(open, now);
    if (open.seen && now >= open.continue_at) {
      send_continue(open, now);
      finish(open, now);
      return true;
    }
    if (!open.seen && now - open.event.sent >= kEffectBound) {
      open.event.evidence =
          fmt::format("nothing was seen within {} s", kEffectBound / 1'000'000'000);
      if (open.kind == FaultKind::stop) send_continue(open, now);
      finish(open, now);
      return true;
    }
    return false;
  });
}

void Injector::look_for_stop(Open& open, Nanos now) {
  const Member* const member = tree_.find(open.token);
  if (member == nullptr) return;
  const auto stat = os::read_proc_stat(member->process.pid());
  if (!stat || stat->start_time_ticks != member->process.start_time_ticks()) return;
  if (stat->state != 'T') return;
  open.seen = true;
  open.event.state = FaultState::installed;
  open.event.seen = now;
  open.event.evidence = "state T";
  open.continue_at = now + open.stop_for;
  ++installed_;
}

void Injector::send_continue(Open& open, Nanos now) {
  Member* const member = tree_.find(open.token);
  if (member == nullptr || member->ended) return;
  if (!member->process.send_signal(SIGCONT)) return;
  member->is_stopped = false;
  open.event.ended = now;
}

void Injector::continue_all(Nanos now) {
  std::erase_if(open_, [&](Open& open) {
    if (open.kind != FaultKind::stop) return false;
    if (!open.seen) look_for_stop(open, now);
    if (!open.seen) open.event.evidence = "continued before it was seen to stop";
    send_continue(open, now);
    finish(open, now);
    return true;
  });
}

void Injector::finish(const Open& open, Nanos now) { recorder_.record(now, open.event); }

bool Injector::is_waiting() const noexcept {
  return std::any_of(open_.begin(), open_.end(), [](const Open& open) { return !open.seen; });
}

Nanos Injector::next_due() const noexcept {
  Nanos due = std::numeric_limits<Nanos>::max();
  for (const Open& open : open_) {
    if (open.seen) {
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
