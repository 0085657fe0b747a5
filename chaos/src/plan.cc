#include "chaos/src/plan.h"

#include <fmt/format.h>

#include <iterator>

#include "chaos/src/option_text.h"
#include "pool/os/check.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kMillisecond = 1'000'000;
// Shorter than a deadline that anyone sets, and longer than most: both sides of it are drawn.
constexpr std::uint64_t kStopMsMin = 10;
constexpr std::uint64_t kStopMsMax = 500;
constexpr std::uint64_t kDescribedMax = 10'000;
constexpr std::uint64_t kDescribedOfOpenPlan = 20;

Nanos to_nanos(std::chrono::milliseconds time) { return time.count() * kMillisecond; }

}  // namespace

Plan::Plan(const RunOptions& options)
    : random_(options.seed, RandomStream::plan),
      schedule_(options.schedule),
      faults_(options.faults) {
  for (const Fault& fault : faults_) weights_ += fault.weight;
  advance();
}

void Plan::advance() {
  if (schedule_.kind == Schedule::Kind::idle && drawn_ == schedule_.count) {
    next_.reset();
    return;
  }
  next_ = draw();
  ++drawn_;
}

PlannedFault Plan::draw() {
  PlannedFault fault;
  fault.n = drawn_;
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
      break;
  }
  fault.at = clock_;
  std::uint64_t ticket = random_.below(weights_);
  const Fault* chosen = faults_.data();
  while (ticket >= chosen->weight) ticket -= chosen++->weight;
  fault.kind = chosen->kind;
  // Drawn whether they are used or not, so that another kind of fault moves no other number.
  fault.victim_draw = random_.next();
  const std::uint64_t stop_ms = random_.between(kStopMsMin, kStopMsMax);
  fault.stop_for =
      chosen->stop_for ? to_nanos(*chosen->stop_for) : static_cast<Nanos>(stop_ms) * kMillisecond;
  fault.resume_after_effect = random_.below(2) == 1;
  return fault;
}

std::uint64_t count_planned(const RunOptions& options) {
  if (options.schedule.kind == Schedule::Kind::idle) return options.schedule.count;
  if (!options.duration) return 0;
  const Nanos end = to_nanos(*options.duration);
  std::uint64_t count = 0;
  for (Plan plan(options); plan.next() && plan.next()->at < end; plan.advance()) ++count;
  return count;
}

std::string describe_plan(const RunOptions& options) {
  check_options(options);
  const bool idle = options.schedule.kind == Schedule::Kind::idle;
  const std::uint64_t planned = count_planned(options);
  const std::uint64_t shown =
      planned == 0 && !options.duration ? kDescribedOfOpenPlan : std::min(planned, kDescribedMax);
  std::string text =
      fmt::format("seed {}, schedule {}\n     n  {:>10}  fault     victim\n", options.seed,
                  to_string(options.schedule), idle ? "when" : "at (s)");
  Plan plan(options);
  for (std::uint64_t i = 0; i < shown; ++i, plan.advance()) {
    const PlannedFault& fault = *plan.next();
    const std::string when =
        idle ? "idle" : fmt::format("{:.6f}", static_cast<double>(fault.at) * 1e-9);
    fmt::format_to(std::back_inserter(text), "{:>6}  {:>10}  {:<8}  ", fault.n, when,
                   to_string(fault.kind));
    text += fault.kind == FaultKind::kill_all ? "every worker"
                                              : fmt::format("draw {:016x}", fault.victim_draw);
    if (fault.kind == FaultKind::stop) {
      text += fmt::format(", SIGCONT after {} ms", fault.stop_for / kMillisecond);
    }
    if (idle) text += fault.resume_after_effect ? ", tasks once it is seen" : ", tasks at once";
    text += '\n';
  }
  if (planned == 0 && !options.duration) {
    text += "and so on, until the tasks are done\n";
  } else if (planned > shown) {
    text += fmt::format("and {} more\n", planned - shown);
  } else if (planned == 0) {
    text += "none: the duration ends before the first\n";
  }
  return text;
}

}  // namespace revenant::chaos
