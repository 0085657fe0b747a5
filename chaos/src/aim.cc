#include "chaos/src/aim.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "chaos/src/activity.h"
#include "chaos/src/message_call.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kCallBound = 2'000'000'000;
constexpr Nanos kBirthBound = 5'000'000'000;
constexpr int kCallsAStep = 64;

}  // namespace

std::string Aim::follow(const std::vector<Member*>& workers, Nanos now) {
  until_ = now + kCallBound;
  std::string why;
  for (const Member* const worker : workers) {
    Followed& followed = followed_.emplace_back();
    followed.token = worker->token;
    followed.pid = worker->process.pid();
    why = followed.calls.seize(followed.pid);
    if (!why.empty()) followed_.pop_back();
  }
  return followed_.empty() ? why : std::string();
}

std::string Aim::await_birth(pid_t parent, Nanos now) {
  until_ = now + kBirthBound;
  born_after_ = workers_.seen_count();
  state_ = State::waiting;
  return when_ == Schedule::Kind::booting ? std::string() : births_.seize(parent);
}

Aim::State Aim::step(Nanos now) {
  if (state_ == State::done || state_ == State::missed || state_ == State::reached) return state_;
  if (state_ == State::finishing) {
    static_cast<void>(births_.look());
    const bool ended = std::all_of(followed_.begin(), followed_.end(), [](Followed& followed) {
      return followed.calls.look() == SystemCallFollower::State::ended;
    });
    if ((!ended || births_.is_active()) && now <= until_ + kBirthBound) return state_;
    let_go();
    return state_ = State::done;
  }
  if (now > until_) return miss("the moment did not come in time");
  if (when_ == Schedule::Kind::booting) return step_boot();
  if (when_ == Schedule::Kind::before_ready) return step_birth(now);
  return step_calls();
}

Aim::State Aim::step_calls() {
  bool arming = false;
  for (Followed& followed : followed_) {
    if (is_at_its_moment(followed)) {
      return reach(tree_.find(followed.token), describe_call(followed));
    }
    arming = arming || followed.calls.state() == SystemCallFollower::State::attaching;
  }
  std::erase_if(followed_, [](const Followed& followed) {
    return followed.calls.state() == SystemCallFollower::State::ended;
  });
  if (followed_.empty()) return miss("the process ended before its moment");
  return state_ = arming ? State::arming : State::waiting;
}

bool Aim::is_at_its_moment(Followed& followed) {
  for (int i = 0; i < kCallsAStep; ++i) {
    if (followed.calls.look() != SystemCallFollower::State::at_call) return false;
    const bool before_ready = when_ == Schedule::Kind::before_ready;
    if (before_ready ? is_before_ready(followed) : is_the_call(followed)) return true;
    followed.calls.resume();
  }
  return false;
}

// Counts the reads or writes of messages, on the side that is asked for.
bool Aim::is_the_call(Followed& followed) {
  const SystemCall& call = followed.calls.call();
  if (followed.calls.is_restart()) return false;
  const MessageCall kind = message_call(call, followed.pid);
  const bool wanted =
      kind == (when_ == Schedule::Kind::at_read ? MessageCall::read : MessageCall::write);
  if (kind != MessageCall::other && !wanted) followed.since_other_side = 0;
  if (!wanted || (call.is_leaving && call.result < 0)) return false;
  if (call.is_leaving != fault_.on_leaving) return false;
  ++followed.since_other_side;
  return ++followed.counted == fault_.nth_call;
}

// Its drawn call, or the one in which it would wait for work, whichever comes first.
bool Aim::is_before_ready(Followed& followed) {
  const SystemCall& call = followed.calls.call();
  if (call.is_leaving) return false;
  return ++followed.counted == fault_.nth_call || waits_for_work(call, followed.pid);
}

Aim::State Aim::step_birth(Nanos now) {
  const auto born = births_.look();
  if (born) {
    Followed& followed = followed_.emplace_back();
    followed.pid = *born;
    followed.calls.adopt(*born);
  }
  if (followed_.empty()) return state_;
  Followed& newborn = followed_.front();
  if (newborn.token == 0) {
    workers_.look(now);
    if (const Member* const member = tree_.living(newborn.pid)) newborn.token = member->token;
  }
  return step_calls();
}

Aim::State Aim::step_boot() {
  for (Member* const member : workers_.alive()) {
    if (member->worker_number >= born_after_) return reach(member, "first seen");
  }
  return state_;
}

Aim::State Aim::reach(Member* victim, std::string moment) {
  if (victim == nullptr || victim->ended) return miss("the process was gone at its moment");
  token_ = victim->token;
  moment_ = std::move(moment);
  return state_ = State::reached;
}

Aim::State Aim::miss(std::string why) {
  moment_ = std::move(why);
  let_go();
  return state_ = State::missed;
}

void Aim::was_hit(bool killed) {
  std::erase_if(followed_, [&](const Followed& followed) { return followed.token != token_; });
  if (!killed || followed_.empty()) {
    let_go();
    state_ = State::done;
    return;
  }
  followed_.front().calls.expect_end();
  state_ = State::finishing;
}

bool Aim::follows(std::uint64_t token) const noexcept {
  return std::any_of(followed_.begin(), followed_.end(),
                     [&](const Followed& followed) { return followed.token == token; });
}

void Aim::let_go() {
  followed_.clear();
  births_.let_go();
}

std::string Aim::describe_call(const Followed& followed) const {
  const SystemCall& call = followed.calls.call();
  const char* const side = call.is_leaving ? "leaving" : "entering";
  const std::string name = name_of_system_call(call.number);
  if (when_ == Schedule::Kind::before_ready) {
    return fmt::format("{} {}, call {} of its life", side, name, followed.counted);
  }
  const std::string in_a_row = followed.since_other_side > 1
                                   ? fmt::format(", {} in a row", followed.since_other_side)
                                   : std::string();
  return fmt::format("{} {}, message call {}{}", side, name, followed.counted, in_a_row);
}

}  // namespace revenant::chaos
