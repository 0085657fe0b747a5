// An eventfd: a wake-up that is remembered until it is taken.
#pragma once

#include "pool/os/unique_fd.h"

namespace revenant::os {

// Non-blocking and close-on-exec. ring() is async-signal-safe and may be called by any thread or
// process that holds the descriptor; a peer that dies leaves the counter whole.
class EventFd {
 public:
  EventFd();  // std::system_error (EMFILE, ENFILE)

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  void ring() const noexcept { static_cast<void>(ring(fd_.get())); }
  void clear() const noexcept;

  // False if `fd` is no longer an open descriptor (EBADF): the caller's process closed it.
  static bool ring(int fd) noexcept;

 private:
  UniqueFd fd_;
};

}  // namespace revenant::os
