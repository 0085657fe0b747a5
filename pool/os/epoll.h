// An epoll instance.
#pragma once

#include <sys/epoll.h>

#include <cstdint>
#include <optional>
#include <span>

#include "pool/os/clock.h"
#include "pool/os/unique_fd.h"

namespace revenant::os {

// Level-triggered unless EPOLLET is named in `events`. One thread at a time. A closed descriptor
// leaves the set by itself only when every copy of it is closed: remove() it first.
class Epoll {
 public:
  Epoll();  // std::system_error (EMFILE, ENFILE, ENOMEM)

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

  // False with errno: ENOSPC over the user's limit of watches, ENOMEM, EPERM for a plain file.
  [[nodiscard]] bool add(int fd, std::uint32_t events, std::uint64_t token) noexcept;
  [[nodiscard]] bool modify(int fd, std::uint32_t events, std::uint64_t token) noexcept;
  void remove(int fd) noexcept;

  // Fills `events` and returns those that are ready. An empty timeout waits for ever. On a kernel
  // before 5.11 waits are rounded up to the next millisecond: a timer is never early. A signal ends
  // the wait with no events.
  [[nodiscard]] std::span<epoll_event> wait(std::span<epoll_event> events,
                                            std::optional<Nanoseconds> timeout) noexcept;

 private:
  UniqueFd fd_;
};

}  // namespace revenant::os
