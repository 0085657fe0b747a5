#include "chaos/src/process_tree.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "chaos/src/exit_status.h"
#include "chaos/src/launch.h"
#include "chaos/src/reap.h"
#include "pool/os/proc.h"

namespace revenant::chaos {

ProcessTree::ProcessTree(const os::Process& main, std::string run_id, os::Epoll& epoll,
                         std::uint64_t first_token, Orphans orphans)
    : main_(main),
      mark_(std::string(kRunVariable) + "=" + std::move(run_id) + '\0'),
      epoll_(epoll),
      next_token_(first_token),
      orphans_(orphans),
      has_children_files_(os::read_small_file("/proc/thread-self/children").has_value()) {
  for (const pid_t pid : os::read_children(::getpid())) {
    // What the target started may have lost its parent, and come to us, before this look.
    if (pid != main_.pid() && !bears_our_mark(pid)) not_ours_.insert(pid);
  }
}

void ProcessTree::look(Nanos now) {
  children_.clear();
  if (!has_children_files_) {
    for (const os::ProcStat& stat : os::read_all_proc_stat()) {
      children_[stat.parent_pid].push_back(stat.pid);
    }
  }
  look_below(main_.pid(), now);
  if (orphans_ == Orphans::come_to_us) look_for_orphans(now);
}

// Breadth first, with a list of its own: a tree may be deeper than a stack.
void ProcessTree::look_below(pid_t root, Nanos now) {
  std::vector<pid_t> parents = {root};
  for (std::size_t i = 0; i < parents.size(); ++i) {
    const pid_t parent = parents[i];
    const std::vector<pid_t> children = children_of(parent);
    if (children.empty()) continue;
    if (Member* const member = living(parent)) member->had_children = true;
    for (const pid_t child : children) {
      add(child, parent, false, now);
      if (living(child) != nullptr) parents.push_back(child);
    }
  }
}

void ProcessTree::look_for_orphans(Nanos now) {
  const pid_t self = ::getpid();
  for (const pid_t child : children_of(self)) {
    if (child == main_.pid() || not_ours_.contains(child)) continue;
    Member* const known = living(child);
    if (known == nullptr && !bears_our_mark(child)) continue;
    add(child, self, true, now);
    if (living(child) != nullptr) look_below(child, now);
  }
}

// The session is the target's own, unless the process made another; the environment is inherited,
// unless it was cleared.
bool ProcessTree::bears_our_mark(pid_t pid) const {
  if (::getsid(pid) == main_.pid()) return true;
  const auto environment = os::read_small_file("/proc/" + std::to_string(pid) + "/environ");
  return environment && environment->find(mark_) != std::string::npos;
}

std::vector<pid_t> ProcessTree::children_of(pid_t pid) {
  if (has_children_files_) return os::read_children(pid);
  return children_[pid];
}

void ProcessTree::add(pid_t pid, pid_t parent, bool is_orphan, Nanos now) {
  if (Member* const known = living(pid)) {
    known->is_orphan = is_orphan;
    return;
  }
  if (const auto corpse = corpses_.find(pid); corpse != corpses_.end()) {
    const Member* const ended = find(corpse->second);
    if (ended != nullptr && !was_reaped(ended->process)) return;
  }
  auto process = os::Process::open(pid);
  if (!process) {
    if (open_error_ == 0 && (errno == EMFILE || errno == ENFILE)) open_error_ = errno;
    return;
  }
  if (!is_below(pid, parent, is_orphan, *process)) return;
  const std::uint64_t token = next_token_++;
  // Edge-triggered: told once when it ends, and once more when it is reaped where the kernel tells.
  if (!epoll_.add(process->pidfd(), EPOLLIN | EPOLLET, token)) {
    if (open_error_ == 0) open_error_ = errno;
    return;
  }
  Member& member = members_[token];
  member.process = std::move(*process);
  member.token = token;
  member.parent = parent;
  member.first_seen = now;
  member.is_orphan = is_orphan;
  living_[pid] = token;
}

// Pids may have changed hands since the children file was read, the child's and the parent's. The
// process that was opened is a member only if /proc names that parent for it, and the parent's own
// pidfd says afterwards that the parent still had its pid then. A child that lost its parent
// meanwhile is refused here, and found as an orphan by the next look.
bool ProcessTree::is_below(pid_t pid, pid_t parent, bool is_orphan, const os::Process& process) {
  const auto stat = os::read_proc_stat(pid);
  if (!stat || stat->start_time_ticks != process.start_time_ticks()) return false;
  if (stat->parent_pid != parent || stat->state == 'X') return false;
  if (is_orphan) return stat->state != 'Z';  // reap_orphans() has it
  const Member* const member = living(parent);
  if (member == nullptr && parent != main_.pid()) return false;
  return !was_reaped(member != nullptr ? member->process : main_);
}

Member* ProcessTree::find(std::uint64_t token) noexcept {
  const auto found = members_.find(token);
  return found == members_.end() ? nullptr : &found->second;
}

Member* ProcessTree::living(pid_t pid) noexcept {
  const auto found = living_.find(pid);
  return found == living_.end() ? nullptr : find(found->second);
}

void ProcessTree::mark_ended(Member& member, Nanos now) {
  if (member.ended) return;
  member.ended = now;
  member.is_selected = false;
  living_.erase(member.process.pid());
  corpses_[member.process.pid()] = member.token;
}

void ProcessTree::forget(std::uint64_t token) {
  const auto found = members_.find(token);
  if (found == members_.end()) return;
  const Member& member = found->second;
  epoll_.remove(member.process.pidfd());
  auto& index = member.ended ? corpses_ : living_;
  const auto entry = index.find(member.process.pid());
  if (entry != index.end() && entry->second == token) index.erase(entry);
  members_.erase(found);
}

void ProcessTree::reap_orphans() {
  if (orphans_ != Orphans::come_to_us) return;
  const pid_t self = ::getpid();
  for (const pid_t child : children_of(self)) {
    if (child == main_.pid() || not_ours_.contains(child)) continue;
    const auto stat = os::read_proc_stat(child);
    if (!stat || stat->state != 'Z' || stat->parent_pid != self) continue;
    bool ours = bears_our_mark(child);
    for (const auto& [token, member] : members_) {
      ours = ours || (member.process.pid() == child &&
                      member.process.start_time_ticks() == stat->start_time_ticks);
    }
    // A wait status is not lost by this: the pidfd keeps it where the kernel can.
    if (ours) static_cast<void>(reap(child));
  }
}

}  // namespace revenant::chaos
