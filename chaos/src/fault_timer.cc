#include "chaos/src/fault_timer.h"

#include <algorithm>
#include <limits>

#include "chaos/src/phases.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kSecond = 1'000'000'000;
constexpr Nanos kNever = std::numeric_limits<Nanos>::max();
constexpr std::uint64_t kNoQuota = std::numeric_limits<std::uint64_t>::max();

// How long a fault may keep a run waiting: many times as long as the schedule lets it wait.
Nanos patience_of(const RunOptions& options) {
  constexpr Nanos kLeast = 5 * kSecond;
  Nanos interval = options.schedule.interval.count() * 1'000'000;
  if (options.schedule.kind == Schedule::Kind::poisson) {
    interval = static_cast<Nanos>(std::min(1e9 / options.schedule.per_second, 1e15));
  }
  return kLeast + 10 * interval;
}

}  // namespace

FaultTimer::FaultTimer(const RunOptions& options, Injector& injector)
    : options_(options),
      injector_(injector),
      plan_(options),
      chaos_tasks_(options.tasks - calm_tasks(options.tasks)),
      duration_(options.duration ? options.duration->count() * 1'000'000 : 0),
      patience_(patience_of(options)) {
  if (duration_ > 0) calm_time_ = std::clamp(duration_ / 10, kSecond / 2, 5 * kSecond);
}

void FaultTimer::start(Nanos now) noexcept {
  begin_ = now;
  last_installed_at_ = now;
}

FaultTimer::Decision FaultTimer::decide(Nanos now, const Conversation& conversation) const {
  if (duration_ > 0 && now >= begin_ + duration_) return {.is_over = true};
  return options_.schedule.kind == Schedule::Kind::idle ? decide_idle(now, conversation)
                                                        : decide_timed(now, conversation);
}

std::uint64_t FaultTimer::portion(std::uint64_t faults, std::uint64_t of) const noexcept {
  const double share = static_cast<double>(faults + 1) / static_cast<double>(of + 1);
  return static_cast<std::uint64_t>(static_cast<double>(chaos_tasks_) * std::min(share, 1.0));
}

FaultTimer::Decision FaultTimer::decide_idle(Nanos now, const Conversation& conversation) const {
  const std::uint64_t count = options_.schedule.count;
  const Nanos end = duration_ > 0 ? begin_ + duration_ : kNever;
  Decision decision{.wake_at = end};
  if (hold_for_effect_ && injector_.is_waiting()) return decision;  // quota 0: nothing goes out
  bool portion_is_out = false;
  if (duration_ > 0) {
    const auto portion_ends =
        begin_ + duration_ / static_cast<Nanos>(count + 1) * static_cast<Nanos>(done_ + 1);
    portion_is_out = now >= portion_ends;
    decision.wake_at = portion_is_out ? end : portion_ends;
    decision.quota = portion_is_out && done_ < count ? conversation.given() : kNoQuota;
  } else {
    decision.quota = portion(done_, count);
    portion_is_out = conversation.given() >= decision.quota;
  }
  if (!portion_is_out) return decision;
  if (done_ < count) {
    decision.inject = conversation.outstanding() == 0;
  } else {
    decision.is_over = duration_ == 0;
  }
  return decision;
}

FaultTimer::Decision FaultTimer::decide_timed(Nanos now, const Conversation& conversation) const {
  const Nanos due = begin_ + plan_.next()->at;
  Decision decision{.quota = kNoQuota, .wake_at = due};
  if (now >= due) {
    decision.inject = true;
    return decision;
  }
  if (duration_ > 0) {
    decision.wake_at = std::min(due, begin_ + duration_);
    return decision;
  }
  const bool wanting = injector_.installed() < options_.faults_min && has_patience(now);
  decision.quota = chaos_tasks_;
  if (wanting && !options_.rate) {
    decision.quota = portion(injector_.installed(), options_.faults_min);
  }
  decision.is_over = !wanting && conversation.given() >= chaos_tasks_;
  return decision;
}

bool FaultTimer::has_patience(Nanos now) const noexcept {
  return now - last_installed_at_ < patience_;
}

void FaultTimer::inject(Nanos now) {
  const bool idle = options_.schedule.kind == Schedule::Kind::idle;
  const PlannedFault first = *plan_.next();
  hold_for_effect_ = idle && first.resume_after_effect;
  do {
    injector_.inject(*plan_.next(), idle ? now : begin_ + first.at);
    ++done_;
    plan_.advance();
  } while (options_.schedule.kind == Schedule::Kind::burst && plan_.next()->at == first.at);
  if (injector_.installed() > last_installed_) last_installed_at_ = now;
  last_installed_ = injector_.installed();
}

}  // namespace revenant::chaos
