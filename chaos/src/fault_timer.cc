#include "chaos/src/fault_timer.h"

#include <algorithm>
#include <limits>

#include "chaos/src/calm.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kAllBlocked = 30'000'000;
// Most pools start a successor within some milliseconds, and without a task.
constexpr Nanos kBirthNeedsTasks = 100'000'000;
constexpr Nanos kNever = std::numeric_limits<Nanos>::max();
constexpr std::uint64_t kNoQuota = std::numeric_limits<std::uint64_t>::max();

// How long a fault may keep a run waiting: many times as long as the schedules let it wait.
Nanos patience_of(const RunOptions& options) {
  constexpr Nanos kLeast = 5 * kSecond;
  Nanos longest = 0;
  for (const Schedule& schedule : options.schedules) {
    Nanos interval = schedule.interval.count() * 1'000'000;
    if (schedule.kind == Schedule::Kind::poisson) {
      interval = static_cast<Nanos>(std::min(1e9 / schedule.per_second, 1e15));
    }
    longest = std::max(longest, interval);
  }
  return kLeast + 10 * longest;
}

bool is_timed(const Schedule& schedule) noexcept { return !counts_moments(schedule.kind); }

}  // namespace

FaultTimer::FaultTimer(const RunOptions& options, Injector& injector)
    : options_(options),
      injector_(injector),
      chaos_tasks_(options.tasks - calm_tasks(options.tasks)),
      faults_min_(faults_demanded(options)),
      timed_max_(options.faults_max.value_or(kNoQuota)),
      duration_(options.duration ? options.duration->count() * 1'000'000 : 0),
      patience_(patience_of(options)) {
  for (std::size_t i = 0; i < options.schedules.size() && options.script.empty(); ++i) {
    const Schedule& schedule = options.schedules[i];
    tracks_.push_back({schedule, Plan(options, i)});
    const bool drains = schedule.kind == Schedule::Kind::draining;
    if (!is_timed(schedule) && !drains) moments_ += schedule.count;
  }
}

void FaultTimer::start(Nanos now) noexcept {
  begin_ = now;
  last_installed_at_ = now;
}

// The schedule whose next fault is due first.
const FaultTimer::Track* FaultTimer::next_timed() const noexcept {
  if (timed_done_ >= timed_max_) return nullptr;
  const Track* next = nullptr;
  for (const Track& track : tracks_) {
    if (!is_timed(track.schedule)) continue;
    if (next == nullptr || track.plan.next()->at < next->plan.next()->at) next = &track;
  }
  return next;
}

// Nobody reads or writes any more once all tasks are answered.
bool FaultTimer::calls_may_come(const Conversation& conversation) const noexcept {
  return duration_ > 0 || conversation.given() < chaos_tasks_ || conversation.outstanding() > 0;
}

// Taken in turn: the schedule that has had the smallest part of its own.
const FaultTimer::Track* FaultTimer::next_moment(const Conversation& conversation) const noexcept {
  const bool calls = calls_may_come(conversation);
  const Track* next = nullptr;
  for (const Track& track : tracks_) {
    if (is_timed(track.schedule) || track.schedule.kind == Schedule::Kind::draining) continue;
    if (!track.plan.next() || (!calls && is_at_calls(track.schedule.kind))) continue;
    if (next == nullptr || track.done * next->schedule.count < next->done * track.schedule.count) {
      next = &track;
    }
  }
  return next;
}

FaultTimer::Decision FaultTimer::decide(Nanos now, const Conversation& conversation) const {
  const bool is_time_up = duration_ > 0 && now >= begin_ + duration_;
  if (is_time_up && conversation.given() >= options_.tasks_min) return {.is_over = true};
  if (!options_.script.empty()) return decide_script(now, conversation);
  const Decision moment = decide_moment(now, conversation);
  const Decision timed = decide_timed(now);
  Decision decision{.inject = moment.inject || timed.inject,
                    .quota = std::min(moment.quota, timed.quota),
                    .wake_at = std::min(moment.wake_at, timed.wake_at)};
  if (duration_ > 0) {
    if (!is_time_up) decision.wake_at = std::min(decision.wake_at, begin_ + duration_);
    return decision;
  }
  decision.quota = std::min(decision.quota, chaos_tasks_);
  const bool all_given = conversation.given() >= chaos_tasks_;
  const bool in_vain = injector_.is_awaiting_call() && !calls_may_come(conversation);
  const bool moments_are_over = !decision.inject && next_moment(conversation) == nullptr &&
                                (!injector_.is_aiming() || in_vain);
  decision.is_over = all_given && moments_are_over && !is_wanting(now);
  return decision;
}

// The tasks do not run ahead of a fault that waits for the moment of the one before it.
std::uint64_t FaultTimer::quota_before(const ScriptedFault& next,
                                       const Conversation& conversation) const noexcept {
  const std::uint64_t all = duration_ > 0 ? kNoQuota : chaos_tasks_;
  if (options_.rate || next.outcomes >= all) return all;
  std::uint64_t quota = next.outcomes + options_.outstanding;
  // A call that none of these tasks has brought about takes more of them.
  const bool were_not_enough = conversation.given() >= quota && conversation.outstanding() == 0;
  if (injector_.is_awaiting_call() && were_not_enough) {
    quota = conversation.given() + options_.outstanding;
  }
  return std::min(quota, all);
}

FaultTimer::Decision FaultTimer::decide_script(Nanos now, const Conversation& conversation) const {
  Decision decision{.quota = duration_ > 0 ? kNoQuota : chaos_tasks_, .wake_at = kNever};
  if (duration_ > 0 && now < begin_ + duration_) decision.wake_at = begin_ + duration_;
  if (injector_.is_arming()) {
    decision.quota = 0;
    return decision;
  }
  const bool all_given = duration_ == 0 && conversation.given() >= chaos_tasks_;
  // No call comes any more that is aimed at; a birth still may.
  const bool in_vain = all_given && conversation.outstanding() == 0 && injector_.is_awaiting_call();
  if (script_done_ == options_.script.size()) {
    decision.is_over = all_given && (!injector_.is_aiming() || in_vain);
    return decision;
  }
  const ScriptedFault& next = options_.script[script_done_];
  if (next.moment == Schedule::Kind::draining) {  // comes later
    decision.is_over = all_given && (!injector_.is_aiming() || in_vain);
    return decision;
  }
  decision.quota = quota_before(next, conversation);
  const bool pauses = next.moment && is_pause(*next.moment);
  const std::uint64_t place = std::min(next.outcomes, decision.quota);
  if (pauses) decision.quota = place;
  decision.inject = conversation.done() >= place && !injector_.is_aiming() &&
                    (!pauses || conversation.outstanding() == 0);
  return decision;
}

std::uint64_t FaultTimer::portion(std::uint64_t faults, std::uint64_t of) const noexcept {
  const double share = static_cast<double>(faults + 1) / static_cast<double>(of + 1);
  return static_cast<std::uint64_t>(static_cast<double>(chaos_tasks_) * std::min(share, 1.0));
}

FaultTimer::Decision FaultTimer::decide_moment(Nanos now, const Conversation& conversation) const {
  Decision decision{.quota = kNoQuota, .wake_at = kNever};
  // No task goes out while an effect shall be seen first, or a victim is about to be followed.
  if ((hold_for_effect_ && injector_.is_waiting()) || injector_.is_arming()) {
    decision.quota = 0;
    return decision;
  }
  if (injector_.is_aiming() && duration_ == 0) {
    decision.quota = portion(moments_done_, moments_);
    give_more_if_awaited(decision, now, conversation);
  }
  const Track* const next = next_moment(conversation);
  if (next == nullptr || injector_.is_aiming()) return decision;
  const bool pause = is_pause(next->schedule.kind);
  bool portion_is_out = false;
  if (duration_ > 0) {
    const auto portion_ends = begin_ + duration_ / static_cast<Nanos>(moments_ + 1) *
                                           static_cast<Nanos>(moments_done_ + 1);
    portion_is_out = now >= portion_ends;
    if (!portion_is_out) decision.wake_at = portion_ends;
    if (portion_is_out && pause) decision.quota = conversation.given();
  } else {
    const std::uint64_t tasks = portion(moments_done_, moments_);
    portion_is_out = conversation.given() >= tasks;
    decision.quota = tasks;
  }
  decision.inject = portion_is_out && (!pause || conversation.outstanding() == 0);
  if (decision.inject && next->schedule.kind == Schedule::Kind::blocked) {
    // The workers fall idle one by one; who was first shows only when all stand still.
    const Nanos settled = conversation.last_progress() + kAllBlocked;
    decision.inject = now >= settled;
    decision.wake_at = std::min(decision.wake_at, settled);
  }
  return decision;
}

// No more than its portion goes out while a moment is waited for, unless that was not enough to
// bring it about. A birth that takes its time would use up the tasks of a fast target, so it gets
// more only now and then, for pools that start workers when there is work.
void FaultTimer::give_more_if_awaited(Decision& decision, Nanos now,
                                      const Conversation& conversation) const {
  if (conversation.given() < decision.quota || conversation.outstanding() > 0) return;
  if (injector_.is_awaiting_birth() && conversation.given() < chaos_tasks_) {
    const Nanos more_at = conversation.last_progress() + kBirthNeedsTasks;
    if (now < more_at) {
      decision.wake_at = more_at;
      return;
    }
  } else if (!injector_.is_awaiting_call()) {
    return;
  }
  decision.quota = conversation.given() + options_.outstanding;
}

FaultTimer::Decision FaultTimer::decide_timed(Nanos now) const {
  Decision decision{.quota = kNoQuota, .wake_at = kNever};
  const Track* const next = next_timed();
  if (next == nullptr) return decision;
  const Nanos due = begin_ + next->plan.next()->at;
  decision.wake_at = due;
  decision.inject = now >= due;
  if (duration_ == 0 && is_wanting(now) && !options_.rate) {
    decision.quota = portion(injector_.installed(), faults_min_);
  }
  return decision;
}

// Faults are still to come that the run cannot do without.
bool FaultTimer::is_wanting(Nanos now) const noexcept {
  return next_timed() != nullptr && injector_.installed() < faults_min_ &&
         now - last_installed_at_ < patience_;
}

void FaultTimer::take(Track& track, Nanos now, Nanos planned) {
  const PlannedFault fault = *track.plan.next();
  hold_for_effect_ = is_pause(track.schedule.kind) && fault.resume_after_effect;
  injector_.inject(fault, track.schedule.kind, planned);
  ++track.done;
  track.plan.advance();
  if (injector_.installed() > last_installed_) last_installed_at_ = now;
  last_installed_ = injector_.installed();
}

void FaultTimer::inject_scripted(Nanos now) {
  const ScriptedFault& next = options_.script[script_done_++];
  injector_.inject(planned(next), next.moment.value_or(Schedule::Kind::poisson), now);
}

void FaultTimer::inject(Nanos now, const Conversation& conversation) {
  if (!options_.script.empty()) return inject_scripted(now);
  bool any = false;
  Nanos first = 0;
  for (const Track* due = next_timed(); due != nullptr; due = next_timed()) {
    const Nanos planned = begin_ + due->plan.next()->at;
    if (planned > now || (any && planned != first)) break;
    first = planned;
    take(tracks_[static_cast<std::size_t>(due - tracks_.data())], now, planned);
    ++timed_done_;
    any = true;
  }
  const Track* const moment = next_moment(conversation);
  if (any || moment == nullptr) return;
  take(tracks_[static_cast<std::size_t>(moment - tracks_.data())], now, now);
  ++moments_done_;
}

std::uint64_t FaultTimer::draining_left() const noexcept {
  if (!options_.script.empty()) return options_.script.size() - script_done_;
  std::uint64_t left = 0;
  for (const Track& track : tracks_) {
    if (track.schedule.kind == Schedule::Kind::draining) left += track.schedule.count - track.done;
  }
  return left;
}

void FaultTimer::inject_draining(Nanos now) {
  if (!options_.script.empty()) return inject_scripted(now);
  for (Track& track : tracks_) {
    if (track.schedule.kind != Schedule::Kind::draining || !track.plan.next()) continue;
    return take(track, now, now);
  }
}

}  // namespace revenant::chaos
