#include "pool/target/announcement.h"

namespace revenant::target {

void Announcement::observe(const Event& event) {
  if (event.kind == EventKind::ready) {
    by_slot_[event.slot] = event.pid;
    changed_ = true;
  } else if (event.kind == EventKind::died_early || event.kind == EventKind::died_final) {
    // The final notice of a worker may come after its successor in the slot is ready.
    const auto found = by_slot_.find(event.slot);
    if (found == by_slot_.end() || found->second != event.pid) return;
    by_slot_.erase(found);
    changed_ = true;
  }
}

std::optional<os::TimePoint> Announcement::due() const noexcept {
  if (!changed_) return std::nullopt;
  if (announced_at_) return *announced_at_ + kInterval;
  if (by_slot_.empty()) return std::nullopt;
  return by_slot_.size() >= expected_ ? started_ : started_ + kPatience;
}

void Announcement::announced(os::TimePoint now) noexcept {
  announced_at_ = now;
  changed_ = false;
}

std::vector<pid_t> Announcement::workers() const {
  std::vector<pid_t> pids;
  pids.reserve(by_slot_.size());
  for (const auto& [slot, pid] : by_slot_) pids.push_back(pid);
  return pids;
}

}  // namespace revenant::target
