// Who the workers are: learned from the pool's events, told to the harness when it has changed.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "pool/os/clock.h"
#include "revenant/observer.h"

namespace revenant::target {

// Decides when the next `ready` line is due. Pure: it reads no clock.
//
// The first is due when all workers are ready, or, where some cannot be had, when at least one is
// and the patience is over. Later ones are due when the workers have changed, but never closer than
// an interval: a thousand workers that start would otherwise cost a megabyte of pids.
class Announcement {
 public:
  Announcement(std::size_t expected, os::TimePoint started) noexcept
      : expected_(expected), started_(started) {}

  void observe(const Event& event);

  // When the next line is due; empty while there is nothing to tell.
  [[nodiscard]] std::optional<os::TimePoint> due() const noexcept;
  // Whether the first one was made.
  [[nodiscard]] bool was_made() const noexcept { return announced_at_.has_value(); }
  // Call when the line is written.
  void announced(os::TimePoint now) noexcept;

  // In the order of their slots.
  [[nodiscard]] std::vector<pid_t> workers() const;

  static constexpr os::Nanoseconds kPatience = std::chrono::seconds(1);
  static constexpr os::Nanoseconds kInterval = std::chrono::milliseconds(1);

 private:
  std::size_t expected_;
  os::TimePoint started_;
  std::optional<os::TimePoint> announced_at_;
  std::map<int, pid_t> by_slot_;
  bool changed_ = false;
};

}  // namespace revenant::target
