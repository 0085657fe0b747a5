#include "chaos/src/interrupt_signals.h"

#include <sys/signalfd.h>

#include <ctime>

#include "pool/os/error.h"

namespace revenant::chaos {
namespace {

sigset_t three_signals() noexcept {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  return signals;
}

}  // namespace

InterruptSignals::InterruptSignals() {
  const sigset_t signals = three_signals();
  fd_.reset(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd_) os::throw_errno("signalfd");
  ::pthread_sigmask(SIG_BLOCK, &signals, &before_);
}

InterruptSignals::~InterruptSignals() {
  const sigset_t signals = three_signals();
  const timespec at_once{};
  while (::sigtimedwait(&signals, nullptr, &at_once) > 0) {
  }
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace revenant::chaos
