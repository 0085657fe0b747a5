#include "chaos/src/checkers/evidence.h"

#include <algorithm>
#include <csignal>

namespace revenant::chaos {
namespace {

// A server that is asked to end by SIGTERM may do so in the manner of its signal, or of a shell that
// passes it on.
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

// Tasks are in the order of submission: those behind the oldest open one that were answered.
std::uint64_t overtaken(const HistoryIndex& index) {
  const auto oldest =
      std::find_if(index.tasks.begin(), index.tasks.end(),
                   [](const TaskRecord& task) { return task.state == TaskState::open; });
  return static_cast<std::uint64_t>(
      std::count_if(oldest, index.tasks.end(),
                    [](const TaskRecord& task) { return task.state != TaskState::open; }));
}

bool only_poison_is_open(const HistoryIndex& index) {
  return std::all_of(index.tasks.begin(), index.tasks.end(), [&](const TaskRecord& task) {
    return task.state != TaskState::open || index.op_names[task.op] == "die";
  });
}

OpenTasks fate_of_open_tasks(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (index.open() == 0) return OpenTasks::none;
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
  if (index.open() <= index.unreadable.count) return OpenTasks::unreadable;
  if (only_poison_is_open(index)) return OpenTasks::poison;
  if (evidence.target_end == TargetEnd::in_good_order) return OpenTasks::lost;
  // It never ended, and so never said that it was done. Later tasks may overtake one that is slow
  // or is done again, but no more of them than can be under way at once.
  if (evidence.overtaken_by > index.outstanding_max) return OpenTasks::lost;
  if (index.began(Phase::calm) && evidence.strength.at_end == 0 &&
      !never_filled(evidence).empty()) {
    return OpenTasks::without_workers;
  }
  return OpenTasks::stalled;
}

}  // namespace

Evidence gather(const HistoryIndex& index) {
  Evidence evidence{.index = index, .strength = measure_strength(index)};
  const RunStarted& run = index.run;
  evidence.quiets =
      find_quiets(index, std::min(run.recover_within, run.stall_after) + run.task_time);
  evidence.target_end = end_of_target(index);
  evidence.overtaken_by = index.open() > 0 ? overtaken(index) : 0;
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
    if (vacancy.filled_at) continue;
    if (end - fillable_since(evidence, vacancy) > evidence.index.run.recover_within) {
      empty.push_back(&vacancy);
    }
  }
  return empty;
}

}  // namespace revenant::chaos
