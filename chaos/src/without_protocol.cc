#include "chaos/src/without_protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "chaos/src/option_text.h"
#include "chaos/src/plan.h"
#include "chaos/src/probe_attempt.h"

namespace revenant::chaos {
namespace {

[[noreturn]] void refuse_option(const std::string& why) { throw std::invalid_argument(why); }

void check_protocol(const RunOptions& options) {
  if (options.probe) {
    refuse_option(
        "--probe: the target speaks the protocol; give --no-protocol or --attach with it");
  }
  if (options.attach_to != -1) refuse_option("--attach: is of a target that speaks no protocol");
}

// Attached to, a process gets signals and nothing else: what would have to be prepared before it
// started, or would leave traces, is not done to it.
void check_fault(const RunOptions& options, FaultKind kind) {
  const bool attached = options.target_kind == TargetKind::attached;
  switch (kind) {
    case FaultKind::exit0:
      refuse_option("--fault exit0: is a task of the protocol; a probe cannot ask for it");
    case FaultKind::kill_group:
      if (attached) refuse_option("--fault kill-group with --attach: its group may hold others");
      return;
    case FaultKind::spawn_fails:
      if (attached)
        refuse_option("--fault spawn-fails with --attach: has to be prepared at its start");
      return;
    case FaultKind::oom:
      if (attached)
        refuse_option("--fault oom with --attach: would move it to another control group");
      return;
    case FaultKind::kill:
    case FaultKind::kill_some:
    case FaultKind::kill_all:
    case FaultKind::stop:
    case FaultKind::segv:
    case FaultKind::abort:
    case FaultKind::term:
    case FaultKind::kill_main:
      return;
  }
}

void check_schedule(const RunOptions& options, const Schedule& schedule) {
  if (schedule.kind == Schedule::Kind::draining) {
    refuse_option("--schedule draining: a target without the protocol has no end of input");
  }
  if (has_no_tasks(options) && is_pause(schedule.kind)) {
    refuse_option(fmt::format("--schedule {}: nothing is outstanding at any time; give a --probe",
                              to_string(schedule)));
  }
}

}  // namespace

bool has_no_tasks(const RunOptions& options) noexcept {
  return options.target_kind != TargetKind::speaks_protocol && !options.probe;
}

void check_without_protocol(const RunOptions& options) {
  if (options.target_kind == TargetKind::speaks_protocol) return check_protocol(options);
  if (options.target_kind == TargetKind::attached && !options.command.empty()) {
    refuse_option("--attach: the target runs already; leave the program behind -- out");
  }
  if (options.executions != Executions::unchecked) {
    refuse_option("--executions: is of tasks of the protocol");
  }
  if (options.workers == WorkerSelection::declared) {
    refuse_option("--workers declared: a target without the protocol declares none");
  }
  if (has_no_tasks(options) && (!options.duration || options.tasks_min > 0)) {
    refuse_option("--tasks: without --probe there are none; give --duration alone");
  }
  if (options.probe && options.probe->command.empty() == options.probe->tcp.empty()) {
    refuse_option("--probe: a command, or with --probe-tcp HOST:PORT; one of them");
  }
  if (options.probe && !options.probe->tcp.empty()) {
    static_cast<void>(split_host_port(options.probe->tcp));
  }
  for (const Fault& fault : options.faults) check_fault(options, fault.kind);
  for (const ScriptedFault& fault : options.script) check_fault(options, fault.fault.kind);
  if (!options.script.empty() && has_no_tasks(options)) {
    refuse_option("--at: counts the outcomes of probes; give a --probe");
  }
  for (const Schedule& schedule : options.schedules) check_schedule(options, schedule);
}

RunOptions with_probe_tasks(RunOptions options) {
  if (options.target_kind == TargetKind::speaks_protocol) return options;
  options.operation = Operation::echo;
  options.payload = {.min = 4, .max = 4};
  return options;
}

void apply_server_defaults(RunOptions& options, SaidOptions said) {
  using std::chrono_literals::operator""s;
  constexpr double kProbesPerSecond = 20;
  constexpr double kFaultsPerSecond = 2;
  if (options.target_kind == TargetKind::speaks_protocol) return;
  if (!said.tasks_or_duration) options.duration = 10s;
  if (!said.outstanding_or_rate) options.rate = kProbesPerSecond;
  if (!said.schedule) options.schedules = {{.per_second = kFaultsPerSecond}};
  // A request that a worker was killed under fails; nobody can do it again but the client.
  // A server takes its time to start a process, and a probe that is a command takes its own.
  if (!said.recover_within) options.recover_within = 5s;
  if (!said.claim) options.claim = Claim::contains;
}

}  // namespace revenant::chaos
