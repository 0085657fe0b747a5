#include "bench/src/recovery/roster.h"

namespace revenant::bench {

void Roster::note(const Event& event) {
  switch (event.kind) {
    case EventKind::ready:
      open_tasks_[event.pid] = 0;
      return;
    case EventKind::died_early:
    case EventKind::died_final:
      open_tasks_.erase(event.pid);
      return;
    case EventKind::dispatched:
      if (const auto worker = open_tasks_.find(event.pid); worker != open_tasks_.end()) {
        ++worker->second;
      }
      return;
    case EventKind::outcome:
    case EventKind::moved_on:
      if (const auto worker = open_tasks_.find(event.pid); worker != open_tasks_.end()) {
        --worker->second;
      }
      return;
    default:
      return;
  }
}

std::vector<pid_t> Roster::busy() const {
  std::vector<pid_t> pids;
  for (const auto& [pid, open] : open_tasks_) {
    if (open > 0) pids.push_back(pid);
  }
  return pids;
}

}  // namespace revenant::bench
