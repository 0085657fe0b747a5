#include "chaos/src/injector.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "chaos/src/activity.h"
#include "chaos/src/option_text.h"
#include "chaos/src/script_text.h"

namespace revenant::chaos {
namespace {

// A process that is followed stands still until it is looked at.
constexpr Nanos kAimLook = 100'000;
// To know what each of a thousand victims does would spread one instant over many.
constexpr std::size_t kDescribedVictimsMax = 64;

int signal_of(FaultKind kind) noexcept {
  switch (kind) {
    case FaultKind::stop:
      return SIGSTOP;
    case FaultKind::segv:
      return SIGSEGV;
    case FaultKind::abort:
      return SIGABRT;
    case FaultKind::term:
      return SIGTERM;
    case FaultKind::kill:
    case FaultKind::kill_some:
    case FaultKind::kill_all:
    case FaultKind::kill_main:
    case FaultKind::kill_group:
    case FaultKind::exit0:
    case FaultKind::spawn_fails:
    case FaultKind::oom:
      break;
  }
  return SIGKILL;
}

// Of `all` the `count` that the draw says, each once.
std::vector<Member*> drawn(std::vector<Member*> all, std::uint64_t draw, std::uint64_t count) {
  const std::size_t chosen = std::min<std::size_t>(count, all.size());
  for (std::size_t i = 0; i < chosen; ++i) {
    std::swap(all[i], all[i + draw % (all.size() - i)]);
    draw = draw * 6364136223846793005U + 1442695040888963407U;
  }
  all.resize(chosen);
  return all;
}

}  // namespace

Injector::Injector(const os::Process& main, Workers& workers, ProcessTree& tree,
                   Conversation& conversation, SpawnGate& gate, Recorder& recorder)
    : main_(main),
      workers_(workers),
      tree_(tree),
      conversation_(conversation),
      gate_(gate),
      recorder_(recorder),
      open_(tree, conversation, gate, limit_, recorder) {}

void Injector::inject(const PlannedFault& fault, Schedule::Kind when, Nanos planned) {
  const Strike strike{.fault = fault, .n = next_n_++, .planned = planned, .when = when};
  if (is_aimed(when)) return take_aim(strike, when);
  switch (fault.kind) {
    case FaultKind::kill_main:
    case FaultKind::kill_group:
      return strike_main(strike);
    case FaultKind::exit0:
      return strike_with_task(strike);
    case FaultKind::kill:
    case FaultKind::kill_some:
    case FaultKind::kill_all:
    case FaultKind::stop:
    case FaultKind::segv:
    case FaultKind::abort:
    case FaultKind::term:
    case FaultKind::spawn_fails:
    case FaultKind::oom:
      return strike_workers(strike, when == Schedule::Kind::blocked);
  }
}

std::vector<Member*> Injector::candidates(FaultKind kind) {
  std::vector<Member*> workers = workers_.alive();
  std::erase_if(workers, [&](const Member* member) {
    // One that is followed is stopped and started by ptrace: a SIGSTOP would not be seen.
    const bool may_stop = !member->is_stopped && !(aim_ && aim_->follows(member->token));
    return member->was_killed || (kind == FaultKind::stop && !may_stop) ||
           open_.waits_for(member->token);
  });
  return workers;
}

Member* Injector::first_victim(const Strike& strike, const std::vector<Member*>& all) const {
  for (Member* const member : all) {
    if (strike.fault.worker && member->worker_number == *strike.fault.worker) return member;
  }
  return all[strike.fault.victim_draw % all.size()];
}

void Injector::strike_workers(const Strike& strike, bool longest_blocked) {
  const std::vector<Member*> all = candidates(strike.fault.kind);
  if (all.empty()) {
    return skip(strike, workers_.alive_count() == 0 ? "no worker was alive"
                                                    : "every worker was a victim already");
  }
  if (strike.fault.kind == FaultKind::kill_all) return hit(strike, all);
  if (longest_blocked) {
    Member* const victim = blocked_.longest(all);
    if (victim == nullptr) return skip(strike, "no worker was seen to be blocked");
    return hit(strike, {victim});
  }
  std::vector<Member*> victims = drawn(all, strike.fault.victim_draw, strike.fault.victims);
  Member* const first = first_victim(strike, all);
  if (std::find(victims.begin(), victims.end(), first) == victims.end()) victims.front() = first;
  hit(strike, victims);
}

void Injector::strike_main(const Strike& strike) {
  FaultDone event = event_of(strike);
  event.victim = main_.pid();
  event.doing = describe_activity(main_);
  event.sent = recorder_.now();
  const bool group = strike.fault.kind == FaultKind::kill_group;
  if (group) {
    for (auto& [token, member] : tree_.members()) {
      if (::getpgid(member.process.pid()) == main_.pid()) member.was_killed = true;
    }
  }
  // The group is the target's own: launch() made its main process the leader of a session.
  const bool sent = group ? ::kill(-main_.pid(), SIGKILL) == 0 : main_.send_signal(SIGKILL);
  if (!sent) return skip(strike, "the main process had ended before the signal could be sent");
  open_.add({.event = std::move(event), .kind = strike.fault.kind});
  workers_.expect_change(recorder_.now());
}

void Injector::strike_with_task(const Strike& strike) {
  if (!conversation_.input().is_open()) return skip(strike, "the target takes no more tasks");
  FaultDone event = event_of(strike);
  event.sent = recorder_.now();
  event.task = conversation_.submit_death(recorder_.now());
  open_.add({.event = std::move(event), .kind = FaultKind::exit0});
}

// What has to be in place before the signal; empty, or why it cannot be.
std::string Injector::prepare(const Strike& strike, const Member& victim) {
  if (strike.fault.kind == FaultKind::oom) return limit_.impose(victim.process.pid());
  if (strike.fault.kind != FaultKind::spawn_fails) return {};
  if (!gate_.is_installed()) return "no filter could be installed that refuses new processes";
  gate_.shut();
  return {};
}

void Injector::hit(const Strike& strike, const std::vector<Member*>& victims) {
  // First look, then send: the signals go out at one instant.
  std::vector<FaultDone> events;
  for (const Member* const victim : victims) {
    if (events.size() < kDescribedVictimsMax) {
      events.push_back(event_of(strike, *victim));
    } else {
      events.push_back(event_of(strike));
      events.back().victim = victim->process.pid();
      events.back().worker_number = victim->worker_number;
    }
  }
  const int signal = signal_of(strike.fault.kind);
  for (std::size_t i = 0; i < victims.size(); ++i) {
    Member& victim = *victims[i];
    if (std::string why = prepare(strike, victim); !why.empty()) {
      skip(strike, std::move(why));
      continue;
    }
    events[i].sent = recorder_.now();
    if (strike.fault.kind != FaultKind::oom && !victim.process.send_signal(signal)) {
      if (strike.fault.kind == FaultKind::spawn_fails) gate_.open();
      skip(strike, "the worker had ended before the signal could be sent");
      continue;
    }
    victim.is_stopped = victim.is_stopped || signal == SIGSTOP;
    victim.was_killed = victim.was_killed || signal == SIGKILL;
    victim.was_hit = victim.was_hit || (signal != SIGSTOP && signal != SIGKILL);
    open_.add({.event = std::move(events[i]),
               .kind = strike.fault.kind,
               .token = victim.token,
               .stop_for = strike.fault.stop_for});
  }
  workers_.expect_change(recorder_.now());
}

void Injector::take_aim(const Strike& strike, Schedule::Kind when) {
  if (aim_) return skip(strike, "another moment was still waited for");
  std::vector<Member*> all = candidates(strike.fault.kind);
  std::erase_if(all, [](const Member* member) { return member->is_stopped; });
  if (all.empty()) return skip(strike, "no worker was alive and running");
  Member& first = *first_victim(strike, all);
  const Nanos now = recorder_.now();
  aimed_ = strike;
  next_aim_look_ = now;
  aim_.emplace(when, strike.fault, workers_, tree_);
  const bool calls = is_at_calls(when);
  const auto followed = strike.fault.worker
                            ? std::vector<Member*>{&first}
                            : drawn(all, strike.fault.victim_draw, Aim::kFollowedMax);
  std::string why = calls ? aim_->follow(followed, now) : aim_->await_birth(first.parent, now);
  if (!why.empty()) {
    aim_.reset();
    return skip(strike, "its system calls cannot be followed: " + why);
  }
  if (calls) return;
  // Somebody has to die for another to be born.
  Strike predecessor = strike;
  predecessor.fault.kind = FaultKind::kill;
  predecessor.moment = "so that another is born";
  hit(predecessor, {&first});
}

void Injector::step_aim(Nanos now) {
  switch (aim_->step(now)) {
    case Aim::State::arming:
    case Aim::State::waiting:
    case Aim::State::finishing:
      return;
    case Aim::State::reached:
      return hit_at_moment();
    case Aim::State::missed:
      skip(aimed_, aim_->moment());
      break;
    case Aim::State::done:
      break;
  }
  aim_.reset();
}

void Injector::hit_at_moment() {
  aimed_.moment = aim_->moment();
  Member& victim = *aim_->victim();
  switch (aimed_.fault.kind) {
    case FaultKind::kill_main:
    case FaultKind::kill_group:
      strike_main(aimed_);
      break;
    case FaultKind::kill_all:
    case FaultKind::kill_some: {
      std::vector<Member*> others = candidates(aimed_.fault.kind);
      std::erase(others, &victim);
      const std::size_t more =
          aimed_.fault.kind == FaultKind::kill_all ? others.size() : aimed_.fault.victims - 1;
      std::vector<Member*> victims = drawn(std::move(others), aimed_.fault.victim_draw, more);
      victims.insert(victims.begin(), &victim);
      hit(aimed_, victims);
      break;
    }
    default:
      hit(aimed_, {&victim});
  }
  aim_->was_hit(victim.was_killed);
}

bool Injector::is_awaiting_call() const noexcept {
  return aim_ && aim_->is_awaiting() && aim_->is_at_calls();
}

bool Injector::is_awaiting_birth() const noexcept {
  return aim_ && aim_->is_awaiting() && !aim_->is_at_calls();
}

bool Injector::is_arming() const noexcept { return aim_ && aim_->state() == Aim::State::arming; }

void Injector::tick(Nanos now) {
  open_.tick(now);
  next_aim_look_ = now + kAimLook;
  if (aim_) step_aim(now);
}

Nanos Injector::next_due() const noexcept {
  const Nanos due = open_.next_due();
  return aim_ ? std::min(due, next_aim_look_) : due;
}

void Injector::end_faults(Nanos now) {
  open_.end_lasting(now);
  if (!aim_) return;
  if (aim_->is_awaiting()) {
    skip(aimed_, "the run went on before the moment came");
  }
  if (aim_->state() != Aim::State::finishing) aim_.reset();
}

FaultDone Injector::event_of(const Strike& strike) const {
  FaultDone event;
  event.n = strike.n;
  event.fault = to_string(strike.fault.kind);
  event.planned = strike.planned;
  event.evidence = strike.moment;
  if (counts_moments(strike.when)) {
    event.when = moment_text({.fault = {},
                              .moment = strike.when,
                              .call = strike.fault.nth_call,
                              .on_leaving = strike.fault.on_leaving});
  }
  event.outcomes = conversation_.done();
  return event;
}

FaultDone Injector::event_of(const Strike& strike, const Member& victim) const {
  FaultDone event = event_of(strike);
  event.victim = victim.process.pid();
  if (victim.is_worker) event.worker_number = victim.worker_number;
  event.doing = describe_activity(victim.process);
  event.doing_since = blocked_.blocked_since(victim);
  return event;
}

void Injector::skip(const Strike& strike, std::string why) {
  open_.skip(event_of(strike), std::move(why));
}

}  // namespace revenant::chaos
