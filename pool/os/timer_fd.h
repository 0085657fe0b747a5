// A timerfd on CLOCK_MONOTONIC: a point in time that an event loop can wait for.
#pragma once

#include <optional>

#include "pool/os/clock.h"
#include "pool/os/unique_fd.h"

namespace revenant::os {

class TimerFd {
 public:
  TimerFd();  // std::system_error (EMFILE, ENFILE)

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  // Readable from `when` on; empty: never. Replaces what was set before; a time in the past is now.
  void set(std::optional<TimePoint> when) noexcept;
  void clear() noexcept;

 private:
  UniqueFd fd_;
};

}  // namespace revenant::os
