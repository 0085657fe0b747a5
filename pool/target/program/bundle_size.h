// How many tasks go into the next bundle.
#pragma once

#include <algorithm>
#include <cstddef>

#include "pool/os/clock.h"
#include "pool/target/program/bundle.h"

namespace revenant::target {

// Pure: it reads no clock. Bundles are as large as the measured time of a task lets them be: the
// results of a bundle come together, and what lies behind a task in its bundle cannot be given to
// another worker. So a bundle is meant to take a millisecond, and until a time was measured, or
// where tasks take half of that, it is a single task.
class BundleSize {
 public:
  static constexpr os::Nanoseconds kTimeMax = std::chrono::milliseconds(1);

  // `free_bundles`: how many may be made now, this one included. The tasks that wait are spread
  // over them.
  [[nodiscard]] std::size_t next(std::size_t waiting, std::size_t free_bundles) const noexcept {
    if (task_ns_ <= 0) return 1;
    const auto within_time =
        static_cast<std::size_t>(static_cast<double>(kTimeMax.count()) / task_ns_);
    const std::size_t share = (waiting + free_bundles - 1) / std::max<std::size_t>(free_bundles, 1);
    return std::clamp<std::size_t>(std::min(share, within_time), 1, kBundleTasksMax);
  }

  void measured(std::size_t tasks, os::Nanoseconds took) noexcept {
    if (tasks == 0 || took.count() <= 0) return;
    const double each = static_cast<double>(took.count()) / static_cast<double>(tasks);
    task_ns_ = task_ns_ == 0 ? each : task_ns_ + (each - task_ns_) / 4;
  }

 private:
  double task_ns_ = 0;
};

}  // namespace revenant::target
