#include "chaos/src/plan.h"

#include <algorithm>

namespace revenant::chaos {
namespace {

// Shorter than a deadline that anyone sets, and longer than most: both sides of it are drawn.
constexpr std::uint64_t kStopMsMin = 10;
constexpr std::uint64_t kStopMsMax = 500;
// A message takes few calls: more would only walk on into the next one.
constexpr std::uint64_t kNthCallMax = 4;
// A forked worker is ready after ten calls, one that loads an interpreter after hundreds.
constexpr std::uint64_t kBootCallsMaxLog2 = 8;

Nanos to_nanos(std::chrono::milliseconds time) { return time.count() * kMillisecond; }

}  // namespace

bool is_pause(Schedule::Kind kind) noexcept {
  return kind == Schedule::Kind::idle || kind == Schedule::Kind::blocked;
}

bool is_aimed(Schedule::Kind kind) noexcept {
  return kind == Schedule::Kind::at_read || kind == Schedule::Kind::at_write ||
         kind == Schedule::Kind::booting || kind == Schedule::Kind::before_ready;
}

bool is_at_calls(Schedule::Kind kind) noexcept {
  return kind == Schedule::Kind::at_read || kind == Schedule::Kind::at_write;
}

bool counts_moments(Schedule::Kind kind) noexcept {
  return is_pause(kind) || is_aimed(kind) || kind == Schedule::Kind::draining;
}

Plan::Plan(const RunOptions& options, std::size_t schedule)
    : random_(options.seed, RandomStream::plan, schedule),
      calls_(options.seed, RandomStream::system_calls, schedule),
      schedule_(options.schedules[schedule]),
      faults_(options.faults) {
  for (const Fault& fault : faults_) weights_ += fault.weight;
  advance();
}

void Plan::advance() {
  if (counts_moments(schedule_.kind) && drawn_ == schedule_.count) {
    next_.reset();
    return;
  }
  next_ = draw();
  ++drawn_;
}

PlannedFault Plan::draw() {
  PlannedFault fault;
  switch (schedule_.kind) {
    case Schedule::Kind::poisson:
      clock_ += random_.poisson_interval_ns(schedule_.per_second);
      break;
    case Schedule::Kind::every:
      clock_ += to_nanos(schedule_.interval);
      break;
    case Schedule::Kind::burst:
      if (drawn_ % schedule_.count == 0) clock_ += to_nanos(schedule_.interval);
      break;
    case Schedule::Kind::idle:
    case Schedule::Kind::blocked:
    case Schedule::Kind::at_read:
    case Schedule::Kind::at_write:
    case Schedule::Kind::booting:
    case Schedule::Kind::before_ready:
    case Schedule::Kind::draining:
      break;
  }
  fault.at = clock_;
  std::uint64_t ticket = random_.below(weights_);
  const Fault* chosen = faults_.data();
  while (ticket >= chosen->weight) ticket -= chosen++->weight;
  fault.kind = chosen->kind;
  fault.victims = chosen->victims;
  // Drawn whether they are used or not, so that another kind of fault moves no other number.
  fault.victim_draw = random_.next();
  const std::uint64_t stop_ms = random_.between(kStopMsMin, kStopMsMax);
  fault.stop_for =
      chosen->stop_for ? to_nanos(*chosen->stop_for) : static_cast<Nanos>(stop_ms) * kMillisecond;
  fault.resume_after_effect = random_.below(2) == 1;
  fault.nth_call = schedule_.kind == Schedule::Kind::before_ready
                       ? std::uint64_t{1} << calls_.between(0, kBootCallsMaxLog2)
                       : calls_.between(1, kNthCallMax);
  fault.on_leaving = calls_.below(2) == 1;
  return fault;
}

PlannedFault planned(const ScriptedFault& scripted) {
  PlannedFault fault;
  fault.kind = scripted.fault.kind;
  fault.victims = scripted.fault.victims;
  fault.worker = scripted.worker;
  fault.victim_draw = scripted.worker.value_or(0);
  fault.stop_for = scripted.fault.stop_for ? to_nanos(*scripted.fault.stop_for)
                                           : static_cast<Nanos>(kStopMsMin) * kMillisecond;
  fault.nth_call = scripted.call;
  fault.on_leaving = scripted.on_leaving;
  return fault;
}

bool asks_for(const RunOptions& options, FaultKind kind) noexcept {
  const auto is = [&](const Fault& fault) { return fault.kind == kind; };
  if (options.script.empty()) return std::any_of(options.faults.begin(), options.faults.end(), is);
  return std::any_of(options.script.begin(), options.script.end(),
                     [&](const ScriptedFault& scripted) { return is(scripted.fault); });
}

std::uint64_t count_planned(const RunOptions& options) {
  if (!options.script.empty()) return options.script.size();
  std::uint64_t moments = 0;
  std::uint64_t timed = 0;
  bool open = false;
  for (std::size_t i = 0; i < options.schedules.size(); ++i) {
    if (counts_moments(options.schedules[i].kind)) {
      moments += options.schedules[i].count;
    } else if (options.duration) {
      const Nanos end = to_nanos(*options.duration);
      for (Plan plan(options, i); plan.next()->at < end; plan.advance()) ++timed;
    } else {
      open = true;
    }
  }
  if (options.faults_max) timed = std::min(timed, *options.faults_max);
  return open ? 0 : moments + timed;
}

std::uint64_t faults_demanded(const RunOptions& options) {
  constexpr std::uint64_t kEnough = 10;
  if (options.faults_min) return *options.faults_min;
  // There is one main process, and the run ends with it.
  if (asks_for(options, FaultKind::kill_main) || asks_for(options, FaultKind::kill_group)) return 1;
  const std::uint64_t planned = count_planned(options);
  const bool is_open = planned == 0 && !options.duration;
  const std::uint64_t likely = is_open ? options.faults_max.value_or(kEnough) : planned / 2;
  return std::clamp<std::uint64_t>(likely, 1, kEnough);
}

}  // namespace revenant::chaos
