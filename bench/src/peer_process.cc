#include "bench/src/peer_process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pool/os/error.h"

namespace revenant::bench {

void die_with_parent(pid_t parent) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have died before that was in force: nobody would send the signal then.
  if (::getppid() != parent) ::_exit(1);
}

PeerProcess::PeerProcess(const std::function<void()>& body) {
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) os::throw_errno("fork of a benchmark's peer process");
  if (pid == 0) {
    die_with_parent(parent);
    body();
    ::_exit(0);
  }
  os::UniqueFd pidfd = os::open_pidfd(pid);
  if (!pidfd) {
    ::kill(pid, SIGKILL);  // Our own child, not yet reaped: the pid is still its.
    ::waitpid(pid, nullptr, 0);
    os::throw_errno("pidfd_open of a benchmark's peer process");
  }
  process_ = os::Process::adopt(pid, std::move(pidfd));
}

PeerProcess::~PeerProcess() {
  if (reaped_) return;
  process_.send_signal(SIGKILL);
  static_cast<void>(reap_killed());
}

bool PeerProcess::reap_killed() noexcept {
  reaped_ = true;
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(process_.pid()), &info, WEXITED) != 0) {
    if (errno != EINTR) return false;
  }
  return info.si_code == CLD_KILLED && info.si_status == SIGKILL;
}

}  // namespace revenant::bench
