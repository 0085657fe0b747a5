#include "ci/doctor/trial_child.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "pool/os/error.h"

namespace revenant::ci {
namespace {

int reap_child(pid_t pid) noexcept {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void die_with(pid_t parent) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
}

}  // namespace

TrialChild::TrialChild() {
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) os::throw_errno("fork");
  if (pid_ > 0) return;
  die_with(parent);
  for (;;) ::pause();
}

void TrialChild::end() noexcept {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);  // not reaped yet, so the pid is nobody else's
  reap_child(pid_);
  pid_ = -1;
}

int errno_in_child(const std::function<int()>& trial) {
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return -1;
  if (pid > 0) return reap_child(pid);
  die_with(parent);
  ::_exit(trial());
}

}  // namespace revenant::ci
