// The processes of the target: its main process, all below it, and those that lost their parent.
//
// One thread of the harness. A member is known by its pidfd from the moment that it was found below
// the target, so whatever is later sent to it reaches it or nobody. Nothing here sends signals.
//
// The tree is looked at from outside, through /proc: a process that lives for less than the time
// between two looks may never be seen.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "chaos/src/history.h"
#include "pool/os/epoll.h"
#include "pool/os/process.h"

namespace revenant::chaos {

struct Member {
  os::Process process;
  std::uint64_t token = 0;
  pid_t parent = -1;     // when it was found
  Nanos first_seen = 0;  // when a look at the tree found it
  bool had_children = false;
  bool is_orphan = false;  // its parent is now the harness

  bool is_worker = false;           // is one, or was one once: its end is recorded
  bool is_selected = false;         // is one now, and lives
  std::uint64_t worker_number = 0;  // the how-manieth worker that was seen, from 0

  // What this harness did to it.
  bool was_killed = false;
  bool was_hit = false;  // by something that ends it, other than SIGKILL
  bool is_stopped = false;

  std::optional<Nanos> ended;  // when its pidfd was seen readable
  std::optional<int> status;   // as from waitpid, where the kernel told it
  bool ended_while_closing = false;
  bool end_reported = false;
};

// Where the children of a dead member go: of a tree that this process started, to this process.
enum class Orphans { come_to_us, go_elsewhere };

class ProcessTree {
 public:
  // `main` is a child of this process, with a session of its own, unless its orphans go elsewhere;
  // it outlives the tree. `run_id` marks the environment of everything that it starts. Pidfds are
  // put into `epoll` with tokens from `first_token` on.
  ProcessTree(const os::Process& main, std::string run_id, os::Epoll& epoll,
              std::uint64_t first_token, Orphans orphans = Orphans::come_to_us);

  // Looks for new members and at who is whose child. Costs a few system calls a member.
  void look(Nanos now);

  // The member whose pidfd has this token, if it is one.
  [[nodiscard]] Member* find(std::uint64_t token) noexcept;
  // The living member that has this pid.
  [[nodiscard]] Member* living(pid_t pid) noexcept;
  // In the order in which they were first seen. The main process is not among them.
  [[nodiscard]] std::map<std::uint64_t, Member>& members() noexcept { return members_; }
  [[nodiscard]] pid_t main_pid() const noexcept { return main_.pid(); }

  // The pidfd of the member was readable. It stays a member, so that its corpse is not taken for
  // somebody new, until it is forgotten, which has to wait until it was reaped.
  void mark_ended(Member& member, Nanos now);
  void forget(std::uint64_t token);

  // Reaps children of the harness that belong to the tree and have ended.
  void reap_orphans();

  // For the descriptors that could not be opened: the first failure, else 0.
  [[nodiscard]] int open_error() const noexcept { return open_error_; }

 private:
  void add(pid_t pid, pid_t parent, bool is_orphan, Nanos now);
  void look_below(pid_t parent, Nanos now);
  void look_for_orphans(Nanos now);
  [[nodiscard]] bool is_below(pid_t pid, pid_t parent, bool is_orphan, const os::Process& process);
  [[nodiscard]] bool bears_our_mark(pid_t pid) const;
  [[nodiscard]] std::vector<pid_t> children_of(pid_t pid);

  const os::Process& main_;
  std::string mark_;
  os::Epoll& epoll_;
  std::uint64_t next_token_;
  Orphans orphans_;
  std::map<std::uint64_t, Member> members_;
  std::unordered_map<pid_t, std::uint64_t> living_;
  std::unordered_map<pid_t, std::uint64_t> corpses_;  // ended, and not reaped when last looked at
  // Children that this process had before the target: never its members.
  std::unordered_set<pid_t> not_ours_;
  // Where the kernel has no /proc/PID/task/TID/children: everyone's parent, once a look.
  bool has_children_files_;
  std::unordered_map<pid_t, std::vector<pid_t>> children_;
  int open_error_ = 0;
};

}  // namespace revenant::chaos
