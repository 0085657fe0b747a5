#include "pool/os/event_fd.h"

#include <sys/eventfd.h>

#include <cerrno>
#include <cstdint>

#include "pool/os/error.h"

namespace revenant::os {

EventFd::EventFd() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (!fd_) throw_errno("eventfd");
}

void EventFd::clear() const noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto ignored = ::read(fd_.get(), &count, sizeof count);
}

bool EventFd::ring(int fd) noexcept {
  const std::uint64_t one = 1;
  while (true) {
    if (::write(fd, &one, sizeof one) == sizeof one) return true;
    if (errno == EAGAIN) return true;  // the counter is full: it is readable, which is all we want
    if (errno != EINTR) return false;
  }
}

}  // namespace revenant::os
