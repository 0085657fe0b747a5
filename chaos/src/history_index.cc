#include "chaos/src/history_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace revenant::chaos {
namespace {

bool matches(const TaskRecord& task, const Digest& value) {
  if (static_cast<bool>(task.want_number) != value.is_number) return false;
  if (value.is_number) return task.want_value == value.number;
  return task.want_value == value.hash && task.want_bytes == value.bytes;
}

std::string text_of(const Digest& value) {
  if (value.is_number) return fmt::format("{}", value.number);
  return fmt::format("{} bytes with hash {:016x}", value.bytes, value.hash);
}

Digest wanted(const TaskRecord& task) {
  if (task.want_number) return {.is_number = true, .number = task.want_value};
  return {.bytes = task.want_bytes, .hash = task.want_value};
}

std::string by(std::optional<pid_t> worker) {
  return worker ? fmt::format(" by worker {}", *worker) : std::string();
}

}  // namespace

void HistoryIndex::add(const HistoryEvent& event) {
  // A history in memory may be in slight disorder; in a file the writer and the reader exclude it.
  last_t = std::max(last_t, event.t);
  ended.reset();  // an `end` is one only in the last line
  std::visit([&](const auto& what) { on(what, last_t); }, event.what);
}

void HistoryIndex::on(const RunStarted& run_started, Nanos) {
  run = run_started;
  has_run = true;
}

void HistoryIndex::on(const PhaseBegan& phase, Nanos t) {
  std::optional<Nanos>& began_at = phase_began[static_cast<std::size_t>(phase.phase)];
  if (!began_at) began_at = t;
}

TaskRecord* HistoryIndex::find(std::uint64_t id) {
  if (tasks.empty()) return nullptr;
  const std::uint64_t guess = id - tasks.front().id;  // wraps to a large number below the first
  if (guess < tasks.size() && tasks[guess].id == id) return &tasks[guess];
  const auto found = out_of_sequence_.find(id);
  return found == out_of_sequence_.end() ? nullptr : &tasks[found->second];
}

std::uint8_t HistoryIndex::op_index(const std::string& op) {
  const auto found = std::find(op_names.begin(), op_names.end(), op);
  if (found != op_names.end()) return static_cast<std::uint8_t>(found - op_names.begin());
  if (op_names.size() == std::numeric_limits<std::uint8_t>::max()) return 0;
  op_names.push_back(op);
  return static_cast<std::uint8_t>(op_names.size() - 1);
}

void HistoryIndex::on(const TaskSubmitted& task, Nanos t) {
  if (find(task.id) != nullptr) return;  // an error of the harness; the first one counts
  TaskRecord& record = tasks.emplace_back();
  record.id = task.id;
  record.submitted = t;
  record.op = op_index(task.op);
  if (task.want) {
    record.has_want = 1;
    record.want_number = task.want->is_number ? 1 : 0;
    record.want_value = task.want->is_number ? task.want->number : task.want->hash;
    record.want_bytes = task.want->bytes;
  }
  const std::size_t index = tasks.size() - 1;
  if (task.id - tasks.front().id != index) {
    out_of_sequence_.emplace(task.id, static_cast<std::uint32_t>(index));
  }
  outstanding_max = std::max(outstanding_max, open());
}

void HistoryIndex::settle(TaskRecord& task, TaskState state, Nanos t, std::optional<pid_t> worker,
                          std::optional<unsigned> attempts) {
  task.state = state;
  task.outcome_at = t;
  task.worker = worker.value_or(-1);
  task.attempts = static_cast<std::uint16_t>(std::min(attempts.value_or(0), 65535u));
  const std::size_t index = task.id - tasks.front().id;
  const bool in_sequence = index < tasks.size() && &tasks[index] == &task;
  outcome_order.push_back(in_sequence ? static_cast<std::uint32_t>(index)
                                      : out_of_sequence_.at(task.id));
}

void HistoryIndex::on(const TaskResult& result, Nanos t) {
  const auto which = static_cast<std::int64_t>(result.id);
  TaskRecord* task = find(result.id);
  if (task == nullptr) {
    return unexpected.add({which, t, "has a result" + by(result.worker) + " but was never given"});
  }
  switch (task->state) {
    case TaskState::result:
      return duplicated.add(
          {which, t,
           fmt::format("has a second result{}, {}", by(result.worker),
                       matches(*task, result.value) ? "the same value" : "another value")});
    case TaskState::failed:
      return unexpected.add({which, t, "has a result" + by(result.worker) + " after `failed`"});
    case TaskState::open:
      break;
  }
  settle(*task, TaskState::result, t, result.worker, result.attempts);
  ++results;
  if (!task->has_want) {
    unexpected.add({which, t, "has a result, but its operation never returns"});
  } else if (!matches(*task, result.value)) {
    corrupted.add({which, t,
                   fmt::format("({}) gave {} instead of {}{}", op_names[task->op],
                               text_of(result.value), text_of(wanted(*task)), by(result.worker))});
  }
}

void HistoryIndex::on(const TaskFailed& task_failed, Nanos t) {
  const auto which = static_cast<std::int64_t>(task_failed.id);
  TaskRecord* task = find(task_failed.id);
  if (task == nullptr) return unexpected.add({which, t, "has failed but was never given"});
  if (task->state != TaskState::open) {
    return unexpected.add({which, t,
                           task->state == TaskState::result ? "has failed after its result"
                                                            : "has failed a second time"});
  }
  settle(*task, TaskState::failed, t, task_failed.worker, task_failed.attempts);
  ++failed;
}

void HistoryIndex::on(const UnreadableLine& line, Nanos t) {
  unreadable.add({static_cast<std::int64_t>(line.line), t,
                  fmt::format("{}: \"{}\"", line.why, line.sample.substr(0, 80))});
}

void HistoryIndex::on(const WorkerSeen& seen, Nanos) {
  workers.push_back({.pid = seen.pid, .seen_at = seen.at});
  worker_of_pid_[seen.pid] = workers.size() - 1;
}

void HistoryIndex::on(const WorkerGone& gone, Nanos) {
  const auto found = worker_of_pid_.find(gone.pid);
  if (found == worker_of_pid_.end()) return;  // died before it was seen as a worker
  WorkerRecord& worker = workers[found->second];
  worker.gone_at = gone.at;
  worker.because = gone.because;
  worker.status = gone.status;
  worker.reaped_at = gone.reaped_at;
}

// The fault and the death of its victim come in either order.
void HistoryIndex::link(std::size_t fault) {
  const auto found = worker_of_pid_.find(faults[fault].victim);
  if (found == worker_of_pid_.end()) return;
  WorkerRecord& worker = workers[found->second];
  if (faults[fault].is_stop()) {
    worker.was_stopped = true;
  } else {
    worker.killed_by = fault;
  }
}

void HistoryIndex::on(const FaultDone& fault, Nanos) {
  switch (fault.state) {
    case FaultState::skipped:
      ++faults_skipped;
      return;
    case FaultState::indeterminate:
      ++faults_indeterminate;
      return;
    case FaultState::installed:
      break;
  }
  faults.push_back({.n = fault.n,
                    .fault = fault.fault,
                    .victim = fault.victim,
                    .sent = fault.sent,
                    .seen = fault.seen,
                    .ended = fault.ended});
  link(faults.size() - 1);
}

void HistoryIndex::on(const Sample& sample, Nanos t) {
  if (!began(Phase::chaos) || began(Phase::closing)) return;
  samples.push_back({.t = t,
                     .faults = faults.size(),
                     .done = sample.done,
                     .workers_alive = sample.workers_alive,
                     .descriptors = sample.descriptors,
                     .resident_bytes = sample.resident_bytes});
}

void HistoryIndex::on(const TaskExecuted& executed, Nanos) { ++executions[executed.id]; }

void HistoryIndex::on(const TargetExited& target_exited, Nanos t) {
  exited = target_exited;
  exited_at = t;
  exited_in_closing = began(Phase::closing).has_value();
}

void HistoryIndex::on(const Leftover& leftover, Nanos t) {
  std::string what = fmt::format("{} ({})", leftover.name, leftover.command.substr(0, 120));
  Oddities& kind = leftover.state == 'Z' ? zombie_leftovers : living_leftovers;
  kind.add({leftover.pid, t, std::move(what)});
}

void HistoryIndex::on(const RunEnded& run_ended, Nanos) { ended = run_ended; }

std::uint64_t HistoryIndex::workers_died() const {
  return static_cast<std::uint64_t>(
      std::count_if(workers.begin(), workers.end(), [](const WorkerRecord& worker) {
        return worker.gone_at && worker.because != GoneBecause::closing;
      }));
}

Nanos HistoryIndex::work_ended_at() const {
  Nanos end = last_t;
  if (began(Phase::closing)) end = std::min(end, *began(Phase::closing));
  if (exited) end = std::min(end, exited_at);
  return end;
}

}  // namespace revenant::chaos
