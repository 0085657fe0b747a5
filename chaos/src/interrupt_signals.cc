#include "chaos/src/interrupt_signals.h"

#include <sys/signalfd.h>
#include <sys/time.h>

#include <ctime>

#include "pool/os/error.h"

namespace revenant::chaos {
namespace {

sigset_t these_signals() noexcept {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, SIGALRM);
  return signals;
}

// 0: never.
void set_alarm(std::chrono::milliseconds time) noexcept {
  using std::chrono::microseconds;
  using std::chrono::seconds;
  itimerval alarm{};
  alarm.it_value.tv_sec = std::chrono::duration_cast<seconds>(time).count();
  alarm.it_value.tv_usec = std::chrono::duration_cast<microseconds>(time % seconds(1)).count();
  ::setitimer(ITIMER_REAL, &alarm, nullptr);
}

}  // namespace

InterruptSignals::InterruptSignals(std::chrono::milliseconds end_after) {
  const sigset_t signals = these_signals();
  fd_.reset(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd_) os::throw_errno("signalfd");
  ::pthread_sigmask(SIG_BLOCK, &signals, &before_);
  if (end_after.count() > 0) set_alarm(end_after);
}

InterruptSignals::~InterruptSignals() {
  set_alarm({});
  const sigset_t signals = these_signals();
  const timespec at_once{};
  while (::sigtimedwait(&signals, nullptr, &at_once) > 0) {
  }
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace revenant::chaos
