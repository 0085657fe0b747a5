// Options that no run can have.
#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "chaos/src/option_text.h"
#include "chaos/src/plan.h"
#include "chaos/src/script_text.h"
#include "chaos/src/without_protocol.h"
#include "chaos/src/worker_selection.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

constexpr std::uint64_t kTasksMax = 1'000'000'000;
constexpr std::size_t kOutstandingMax = 1'000'000;
constexpr double kRateMax = 10'000'000;
constexpr std::chrono::hours kTimeMax{24};
// Payloads that may be on their way at once, in all: they are in the pipes and in the target.
constexpr std::size_t kBytesOnTheWayMax = std::size_t{16} << 30;

[[noreturn]] void refuse(const std::string& why) { throw std::invalid_argument(why); }

void check_time(const char* option, std::chrono::milliseconds time, std::chrono::milliseconds min) {
  if (time < min || time > kTimeMax) {
    refuse(fmt::format("{}: {} ms; has to be from {} ms to 24 hours", option, time.count(),
                       min.count()));
  }
}

void check_workload(const RunOptions& options) {
  if (options.tasks < 1 || options.tasks > kTasksMax) {
    refuse(fmt::format("--tasks {}: has to be from 1 to {}", options.tasks, kTasksMax));
  }
  if (options.payload.min > options.payload.max) refuse("--payload: the smaller one comes first");
  if (options.outstanding < 1 || options.outstanding > kOutstandingMax) {
    refuse(fmt::format("--outstanding {}: has to be from 1 to {}", options.outstanding,
                       kOutstandingMax));
  }
  if (options.payload.max > kBytesOnTheWayMax / options.outstanding) {
    refuse(fmt::format("--payload {} with --outstanding {}: more than 16 GiB at once; lower one",
                       to_string(options.payload), options.outstanding));
  }
  if (options.executions != Executions::unchecked && options.operation != Operation::record) {
    refuse(fmt::format("--executions {}: is counted by the operation record; give --op record",
                       to_string(options.executions)));
  }
  if (options.rate && !(*options.rate > 0 && *options.rate <= kRateMax)) {
    refuse(fmt::format("--rate {}: has to be above 0 and at most {}", *options.rate, kRateMax));
  }
}

void check_schedule(const Schedule& schedule) {
  const bool timed = !counts_moments(schedule.kind);
  if (schedule.kind == Schedule::Kind::poisson &&
      !(schedule.per_second > 0 && std::isfinite(schedule.per_second))) {
    refuse("--schedule poisson: the rate has to be above 0");
  }
  if ((!timed || schedule.kind == Schedule::Kind::burst) && schedule.count == 0) {
    refuse("--schedule: the count has to be 1 or more");
  }
  check_time("--schedule", schedule.interval, std::chrono::milliseconds(1));
}

// exit0 is a task: it cannot be aimed at a moment of a worker's, and comes before the end of input.
void check_moment(FaultKind fault, Schedule::Kind moment, const std::string& where) {
  if (fault != FaultKind::exit0) return;
  if (!is_aimed(moment) && moment != Schedule::Kind::draining) return;
  refuse(fmt::format(
      "{}: exit0 is a task, which cannot be aimed at a moment and comes before the end of input",
      where));
}

void check_script(const RunOptions& options) {
  for (const ScriptedFault& scripted : options.script) {
    if (!scripted.moment) continue;
    check_moment(scripted.fault.kind, *scripted.moment, "--at " + to_string(scripted));
  }
}

void check_faults(const RunOptions& options) {
  if (options.faults.empty()) refuse("--fault: name at least one");
  for (const Fault& fault : options.faults) {
    if (fault.weight == 0)
      refuse("--fault: a weight of 0 is a fault that never comes; leave it out");
    if (fault.victims == 0) refuse("--fault kill:0: kills nobody");
    if (fault.stop_for) check_time("--fault stop", *fault.stop_for, std::chrono::milliseconds(1));
  }
  if (!options.script.empty()) return check_script(options);
  if (options.schedules.empty()) refuse("--schedule: name at least one");
  std::uint64_t moments = 0;
  for (const Schedule& schedule : options.schedules) {
    check_schedule(schedule);
    for (const Fault& fault : options.faults) {
      check_moment(fault.kind, schedule.kind, "--schedule " + to_string(schedule));
    }
    if (is_pause(schedule.kind)) moments += schedule.count;
  }
  if (!options.duration && options.tasks < 2 * moments) {
    refuse(
        fmt::format("--schedule {} with --tasks {}: each fault needs a task before it and one "
                    "after; give --tasks {} or more",
                    to_string(options.schedules.front()), options.tasks, 2 * moments));
  }
}

}  // namespace

void check_options(const RunOptions& options) {
  using std::chrono::milliseconds;
  check_workload(options);
  check_faults(options);
  if (options.duration) check_time("--duration", *options.duration, milliseconds(100));
  check_time("--op-ms", options.operation_time, milliseconds(0));
  check_time("--recover-within", options.recover_within, milliseconds(1));
  check_time("--stall-after", options.stall_after, milliseconds(1));
  check_time("--ready-within", options.ready_within, milliseconds(1));
  check_without_protocol(options);
  static_cast<void>(WorkerSelector(options.workers, options.worker_regex));
}

}  // namespace revenant::chaos
