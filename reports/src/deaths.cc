#include "reports/src/deaths.h"

#include <algorithm>

namespace revenant::reports {

void Deaths::take(const HistoryEvent& event) {
  last_ = event.t;
  if (const auto* seen = std::get_if<WorkerSeen>(&event.what)) {
    if (workers_.size() == kWorkersMax) return;
    workers_.push_back({.seen_at = seen->at, .gone_at = {}, .reaped_at = {}});
    worker_of_pid_[seen->pid] = workers_.size() - 1;
  } else if (const auto* gone = std::get_if<WorkerGone>(&event.what)) {
    const auto found = worker_of_pid_.find(gone->pid);
    if (found == worker_of_pid_.end()) return;  // died before it was seen as a worker
    workers_[found->second].gone_at = gone->at;
    workers_[found->second].reaped_at = gone->reaped_at;
  } else if (const auto* fault = std::get_if<FaultDone>(&event.what)) {
    take_fault(*fault);
  } else if (const auto* phase = std::get_if<PhaseBegan>(&event.what)) {
    if (phase->phase == "chaos" && !chaos_began_) chaos_began_ = event.t;
    if (phase->phase == "closing" && !closing_began_) closing_began_ = event.t;
  } else if (std::holds_alternative<TargetExited>(event.what)) {
    exited_ = event.t;
  }
}

void Deaths::take_fault(const FaultDone& fault) {
  if (fault.state != "installed") return;
  first_sent_ = std::min(first_sent_.value_or(fault.sent), fault.sent);
  if (fault.is_stop || kills_.size() == kKillsMax) return;
  kills_.push_back({fault.sent, fault.seen});
  const auto found = worker_of_pid_.find(fault.victim);
  if (found != worker_of_pid_.end()) workers_[found->second].was_killed = true;
}

Nanos Deaths::work_ended() const {
  return std::min({last_, closing_began_.value_or(last_), exited_.value_or(last_)});
}

std::uint64_t Deaths::alive_at(Nanos t) const {
  std::uint64_t alive = 0;
  for (const WorkerLife& worker : workers_) {
    if (worker.seen_at > t) continue;
    const bool gone = worker.gone_at && std::max(*worker.gone_at, worker.seen_at) <= t;
    alive += gone ? 0 : 1;
  }
  return alive;
}

std::uint64_t Deaths::demanded() const {
  if (!chaos_began_) return 0;
  const std::uint64_t at_start = alive_at(*chaos_began_);
  return first_sent_ ? std::max(at_start, alive_at(*first_sent_)) : at_start;
}

}  // namespace revenant::reports
