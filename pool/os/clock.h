// The one clock of the project: CLOCK_MONOTONIC, comparable between processes of one machine.
#pragma once

#include <chrono>
#include <cstdint>

namespace revenant::os {

using Nanoseconds = std::chrono::nanoseconds;
// libstdc++'s steady_clock reads CLOCK_MONOTONIC.
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Nanoseconds>;

inline TimePoint now() noexcept { return std::chrono::steady_clock::now(); }

inline std::int64_t nanoseconds_of(TimePoint time) noexcept {
  return time.time_since_epoch().count();
}

}  // namespace revenant::os
