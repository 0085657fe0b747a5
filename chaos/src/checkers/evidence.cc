#include "chaos/src/checkers/evidence.h"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>

namespace revenant::chaos {
namespace {

// A server that is asked to end by SIGTERM may do so in the manner of its signal, or of a shell
// that passes it on.
bool ended_as_asked(const HistoryIndex& index) {
  const TargetExited& exited = *index.exited;
  if (!index.exited_in_closing) return false;
  if (exited.code == 0) return true;
  constexpr int kShellOffset = 128;
  return index.run.without_protocol == "program" &&
         (exited.signal == SIGTERM || exited.code == kShellOffset + SIGTERM);
}

TargetEnd end_of_target(const HistoryIndex& index) {
  if (!index.exited) return TargetEnd::not_seen;
  const TargetExited& exited = *index.exited;
  if (exited.injected) {
    const bool by_fault = std::any_of(index.faults.begin(), index.faults.end(),
                                      [](const InstalledFault& f) { return f.is_of_main(); });
    return by_fault ? TargetEnd::killed_by_fault : TargetEnd::had_to_be_stopped;
  }
  if (exited.signal == SIGKILL) return TargetEnd::killed_by_other;
  return ended_as_asked(index) ? TargetEnd::in_good_order : TargetEnd::crashed;
}

bool left_in_good_order(const WorkerRecord& worker) {
  if (!worker.status) return false;
  const int status = *worker.status;
  return WIFEXITED(status) ? WEXITSTATUS(status) == 0 : WTERMSIG(status) == SIGTERM;
}

// Some pools start a process for each task, or send idle ones away: whoever left by itself and in
// good order is missed only where tasks then waited for a worker.
bool is_missed(const Evidence& evidence, const Vacancy& vacancy) {
  const HistoryIndex& index = evidence.index;
  if (vacancy.fault || !left_in_good_order(index.workers[vacancy.worker])) return true;
  return std::any_of(index.samples.begin(), index.samples.end(), [&](const SampleRecord& sample) {
    return sample.t - vacancy.since > index.run.recover_within &&
           sample.outstanding > sample.workers_alive;
  });
}

// Those behind the oldest open one that were answered.
std::uint64_t overtaken(const Evidence& evidence) {
  if (evidence.never_answered.empty()) return 0;
  return evidence.tasks.ledger.given() - evidence.never_answered.front().number -
         evidence.never_answered.size();
}

bool only_poison_is_open(const Evidence& evidence) {
  return std::all_of(
      evidence.never_answered.begin(), evidence.never_answered.end(),
      [&](const OpenTask& task) { return evidence.tasks.ledger.name_of(task.op) == "die"; });
}

OpenTasks fate_of_open_tasks(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  const std::uint64_t open = evidence.never_answered.size();
  if (open == 0) return OpenTasks::none;
  switch (evidence.target_end) {
    case TargetEnd::crashed:
    case TargetEnd::killed_by_fault:
    case TargetEnd::killed_by_other:
      return OpenTasks::went_with_target;
    case TargetEnd::not_seen:
    case TargetEnd::in_good_order:
    case TargetEnd::had_to_be_stopped:
      break;
  }
  if (!index.is_complete()) return OpenTasks::run_cut_short;
  if (open <= index.unreadable.count) return OpenTasks::unreadable;
  if (only_poison_is_open(evidence)) return OpenTasks::poison;
  if (evidence.target_end == TargetEnd::in_good_order) return OpenTasks::lost;
  // It never ended, and so never said that it was done. Later tasks may overtake one that is slow
  // or is done again, but no more of them than can be under way at once.
  if (evidence.overtaken_by > evidence.tasks.ledger.outstanding_max()) return OpenTasks::lost;
  if (index.began(Phase::calm) && evidence.strength.at_end == 0 &&
      !never_filled(evidence).empty()) {
    return OpenTasks::without_workers;
  }
  return OpenTasks::stalled;
}

}  // namespace

Evidence gather(const HistoryIndex& index, const Strength& strength, const TaskAccount& tasks) {
  Evidence evidence{.index = index, .tasks = tasks, .strength = strength};
  evidence.never_answered = tasks.ledger.open_tasks();
  evidence.quiets = tasks.quiets.found(evidence.never_answered);
  evidence.target_end = end_of_target(index);
  evidence.overtaken_by = overtaken(evidence);
  evidence.open_tasks = fate_of_open_tasks(evidence);
  return evidence;
}

bool is_stall(const Evidence& evidence, const Quiet& quiet) {
  const Nanos excused = evidence.strength.excused_by_stops(quiet.from, quiet.to, quiet.open);
  const RunStarted& run = evidence.index.run;
  return quiet.to - quiet.from - excused > run.stall_after + run.task_time;
}

Nanos fillable_since(const Evidence& evidence, const Vacancy& vacancy) {
  Nanos since = vacancy.since;
  for (const InstalledFault& fault : evidence.index.faults) {
    if (fault.fault != "spawn-fails" || fault.over_at() < vacancy.since) continue;
    if (vacancy.filled_at && fault.sent > *vacancy.filled_at) continue;
    since = std::max(since, fault.over_at());
  }
  return since;
}

std::vector<const Vacancy*> never_filled(const Evidence& evidence) {
  std::vector<const Vacancy*> empty;
  const Nanos end = evidence.index.work_ended_at();
  for (const Vacancy& vacancy : evidence.strength.vacancies) {
    if (vacancy.filled_at || !is_missed(evidence, vacancy)) continue;
    if (end - fillable_since(evidence, vacancy) > evidence.index.run.recover_within) {
      empty.push_back(&vacancy);
    }
  }
  return empty;
}

}  // namespace revenant::chaos
