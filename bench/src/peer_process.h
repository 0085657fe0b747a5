// The other process of a benchmark: a forked child that never outlives it.
#pragma once

#include <functional>

#include "pool/os/process.h"

namespace revenant::bench {

// Forks in the constructor; the child runs `body` and ends. It is killed and reaped by the
// destructor, and by the kernel (PR_SET_PDEATHSIG) when the thread that made it ends in whatever
// way. One thread.
//
// Only the calling thread exists in the child: `body` allocates nothing, or the caller has no other
// thread. It may run for ever.
class PeerProcess {
 public:
  explicit PeerProcess(const std::function<void()>& body);  // std::system_error (EAGAIN, EMFILE)
  PeerProcess(const PeerProcess&) = delete;
  PeerProcess& operator=(const PeerProcess&) = delete;
  ~PeerProcess();

  [[nodiscard]] bool alive() const noexcept { return !process_.has_ended(); }
  [[nodiscard]] const os::Process& process() const noexcept { return process_; }

  // Waits until it has ended, then reaps it. True if a SIGKILL ended it. At most once.
  [[nodiscard]] bool reap_killed() noexcept;

 private:
  os::Process process_;
  bool reaped_ = false;
};

// What a newly forked child must do first: ask to be killed with its parent, whose pid is `parent`.
void die_with_parent(pid_t parent) noexcept;

}  // namespace revenant::bench
