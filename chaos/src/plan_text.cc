// The plan as --dry-run prints it.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "chaos/src/option_text.h"
#include "chaos/src/plan.h"
#include "chaos/src/script_text.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

constexpr std::uint64_t kDescribedMax = 10'000;
constexpr std::uint64_t kDescribedOfOpenPlan = 20;

// Whom the fault hits, and for how long.
std::string victim_text(const PlannedFault& fault) {
  switch (fault.kind) {
    case FaultKind::kill_all:
      return "every worker";
    case FaultKind::kill_main:
      return "the main process";
    case FaultKind::kill_group:
      return "the main process's group";
    case FaultKind::exit0:
      return "whoever takes the task";
    case FaultKind::kill_some:
      return fmt::format("draw {:016x}, {} workers", fault.victim_draw, fault.victims);
    case FaultKind::stop:
      return fmt::format("draw {:016x}, SIGCONT after {} ms", fault.victim_draw,
                         fault.stop_for / kMillisecond);
    case FaultKind::spawn_fails:
      return fmt::format("draw {:016x}, no fork for {} ms", fault.victim_draw,
                         fault.stop_for / kMillisecond);
    case FaultKind::kill:
    case FaultKind::segv:
    case FaultKind::abort:
    case FaultKind::term:
    case FaultKind::oom:
      break;
  }
  return fmt::format("draw {:016x}", fault.victim_draw);
}

std::string moment_text(Schedule::Kind kind, const PlannedFault& fault) {
  if (is_pause(kind))
    return fault.resume_after_effect ? ", tasks once it is seen" : ", tasks at once";
  if (kind == Schedule::Kind::at_read || kind == Schedule::Kind::at_write) {
    return fmt::format(", {} call {}", fault.on_leaving ? "leaving" : "entering", fault.nth_call);
  }
  return {};
}

std::string lines_of(const RunOptions& options, std::size_t which) {
  const Schedule& schedule = options.schedules[which];
  const bool counted = counts_moments(schedule.kind);
  const std::string name = to_string(schedule);
  std::string text = fmt::format("seed {}, schedule {}\n     n  {:>10}  fault        victim\n",
                                 options.seed, name, counted ? "when" : "at (s)");
  const bool open = !counted && !options.duration;
  const Nanos end = options.duration ? options.duration->count() * kMillisecond : 0;
  std::uint64_t shown = 0;
  for (Plan plan(options, which); plan.next(); plan.advance(), ++shown) {
    const PlannedFault& fault = *plan.next();
    if (!counted && !open && fault.at >= end) break;
    if (!counted && options.faults_max && shown == *options.faults_max) break;
    if (shown == (open ? kDescribedOfOpenPlan : kDescribedMax)) {
      return text + (open ? "and so on, until the tasks are done\n" : "and so on\n");
    }
    const std::string when = counted ? name.substr(0, name.find(':'))
                                     : fmt::format("{:.6f}", static_cast<double>(fault.at) * 1e-9);
    fmt::format_to(std::back_inserter(text), "{:>6}  {:>10}  {:<11}  {}{}\n", shown, when,
                   to_string(fault.kind), victim_text(fault), moment_text(schedule.kind, fault));
  }
  if (shown == 0) text += "none: the duration ends before the first\n";
  return text;
}

}  // namespace

std::string describe_plan(const RunOptions& options) {
  check_options(options);
  std::string text;
  for (const ScriptedFault& fault : options.script) text += to_string(fault) + "\n";
  if (!options.script.empty()) return text;
  for (std::size_t i = 0; i < options.schedules.size(); ++i) text += lines_of(options, i);
  return text;
}

}  // namespace revenant::chaos
