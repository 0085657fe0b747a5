#include "reports/src/compare/interrupt.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace revenant::reports::compare {

Interrupt::Interrupt() {
  sigset_t ours;
  sigemptyset(&ours);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ours, signal);
  sigprocmask(SIG_BLOCK, &ours, &before_);
  fd_ = ::signalfd(-1, &ours, SFD_CLOEXEC);
  if (fd_ >= 0) return;
  const int error = errno;
  sigprocmask(SIG_SETMASK, &before_, nullptr);
  throw std::system_error(error, std::generic_category(), "signalfd");
}

Interrupt::~Interrupt() {
  // Taken, so that it does not end the program once the mask lets it through.
  if (signalfd_siginfo taken; has_come()) (void)!::read(fd_, &taken, sizeof taken);
  ::close(fd_);
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

bool Interrupt::has_come() const {
  pollfd wait{fd_, POLLIN, 0};
  return ::poll(&wait, 1, 0) > 0;
}

}  // namespace revenant::reports::compare
