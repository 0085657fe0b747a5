#include "pool/os/epoll.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>

#include "pool/os/error.h"

namespace revenant::os {

Epoll::Epoll() : fd_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (!fd_) throw_errno("epoll_create1");
}

bool Epoll::add(int fd, std::uint32_t events, std::uint64_t token) noexcept {
  epoll_event event{};
  event.events = events;
  event.data.u64 = token;
  return ::epoll_ctl(fd_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

bool Epoll::modify(int fd, std::uint32_t events, std::uint64_t token) noexcept {
  epoll_event event{};
  event.events = events;
  event.data.u64 = token;
  return ::epoll_ctl(fd_.get(), EPOLL_CTL_MOD, fd, &event) == 0;
}

void Epoll::remove(int fd) noexcept { ::epoll_ctl(fd_.get(), EPOLL_CTL_DEL, fd, nullptr); }

std::span<epoll_event> Epoll::wait(std::span<epoll_event> events,
                                   std::optional<Nanoseconds> timeout) noexcept {
  const int size = static_cast<int>(events.size());
  int ready = -1;
  // A look takes epoll_wait, and a wait of a length the call that knows nanoseconds.
  if (timeout && timeout->count() > 0) {
    const timespec length{timeout->count() / 1'000'000'000, timeout->count() % 1'000'000'000};
    ready = ::epoll_pwait2(fd_.get(), events.data(), size, &length, nullptr);
    if (ready < 0 && errno == ENOSYS) {
      const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(*timeout).count();
      const auto timeout_ms = static_cast<int>(std::min<std::int64_t>(rounded, INT_MAX));
      ready = ::epoll_wait(fd_.get(), events.data(), size, timeout_ms);
    }
  } else {
    ready = ::epoll_wait(fd_.get(), events.data(), size, timeout ? 0 : -1);
  }
  return events.first(ready > 0 ? static_cast<std::size_t>(ready) : 0);
}

}  // namespace revenant::os
