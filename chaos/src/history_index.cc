#include "chaos/src/history_index.h"

#include <fmt/format.h>

#include <algorithm>

namespace revenant::chaos {
void HistoryIndex::pass_over(Nanos t) {
  // A history in memory may be in slight disorder; in a file the writer and the reader exclude it.
  last_t = std::max(last_t, t);
  ended.reset();  // an `end` is one only in the last line
}

void HistoryIndex::add(const HistoryEvent& event) {
  pass_over(event.t);
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
                     .outstanding = sample.outstanding,
                     .workers_alive = sample.workers_alive,
                     .descriptors = sample.descriptors,
                     .private_bytes = sample.private_bytes.value_or(sample.resident_bytes)});
}

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
