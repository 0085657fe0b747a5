#include "chaos/src/own_process.h"

#include <sys/prctl.h>

#include <ctime>

#include "pool/os/error.h"

namespace revenant::chaos {
namespace {

sigset_t only_sigpipe() noexcept {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  return signals;
}

}  // namespace

NoSigpipe::NoSigpipe() noexcept {
  const sigset_t pipe = only_sigpipe();
  ::pthread_sigmask(SIG_BLOCK, &pipe, &before_);
}

NoSigpipe::~NoSigpipe() {
  const sigset_t pipe = only_sigpipe();
  const timespec at_once{};
  if (sigismember(&before_, SIGPIPE) == 0) ::sigtimedwait(&pipe, nullptr, &at_once);
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

ChildSubreaper::ChildSubreaper() {
  ::prctl(PR_GET_CHILD_SUBREAPER, &before_);
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) os::throw_errno("PR_SET_CHILD_SUBREAPER");
}

ChildSubreaper::~ChildSubreaper() { ::prctl(PR_SET_CHILD_SUBREAPER, before_); }

}  // namespace revenant::chaos
