#include "pool/os/timer_fd.h"

#include <sys/timerfd.h>

#include <algorithm>
#include <cstdint>

#include "pool/os/error.h"

namespace revenant::os {

TimerFd::TimerFd() : fd_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
  if (!fd_) throw_errno("timerfd_create");
}

void TimerFd::set(std::optional<TimePoint> when) noexcept {
  itimerspec spec{};
  if (when) {
    // A value of zero would disarm the timer.
    const std::int64_t at = std::max<std::int64_t>(1, nanoseconds_of(*when));
    spec.it_value.tv_sec = at / 1'000'000'000;
    spec.it_value.tv_nsec = at % 1'000'000'000;
  }
  ::timerfd_settime(fd_.get(), TFD_TIMER_ABSTIME, &spec, nullptr);
}

void TimerFd::clear() noexcept {
  std::uint64_t expirations = 0;
  [[maybe_unused]] const auto ignored = ::read(fd_.get(), &expirations, sizeof expirations);
}

}  // namespace revenant::os
