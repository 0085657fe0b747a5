// How many tasks may lie in a worker's ring.
//
// Short tasks should stream: a worker that goes to sleep between them costs two system calls and a
// wake-up for each. Long tasks should not queue behind each other while another worker is free. The
// measured service time decides.
#pragma once

#include <algorithm>
#include <cstddef>

#include "pool/os/clock.h"

namespace revenant {

// A pure function of the service times it was told of; one for the pool, whose workers all run one
// function.
class PrefetchPolicy {
 public:
  explicit PrefetchPolicy(std::size_t prefetch_max) noexcept : max_(prefetch_max) {}

  // `tasks` were served by one worker, one after another, in `busy` all together.
  void served(std::size_t tasks, os::Nanoseconds busy) noexcept {
    const double each = static_cast<double>(busy.count()) / static_cast<double>(tasks);
    // A batch counts as much as four single tasks at the most: neither one straggler nor one burst
    // sets the pace.
    const double weight = tasks >= 4 ? 0.5 : 0.125 * static_cast<double>(tasks);
    service_ns_ += weight * (each - service_ns_);
    depth_ = depth_for(service_ns_, kQueuedWork);
    stream_depth_ = depth_for(service_ns_, kWakeUpCost);
  }

  // Tasks on one worker when no worker is free: as much as keeps it busy until the supervisor has
  // come round again, one behind the running one while a round trip matters beside the task, and
  // none behind a task of milliseconds.
  [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
  // Tasks on one worker before another, sleeping one is woken: what it serves while the other wakes
  // up.
  [[nodiscard]] std::size_t stream_depth() const noexcept { return stream_depth_; }

  [[nodiscard]] os::Nanoseconds service_time() const noexcept {
    return os::Nanoseconds(static_cast<std::int64_t>(service_ns_));
  }

 private:
  static constexpr double kQueuedWork = 200e3;  // ns
  static constexpr double kWakeUpCost = 30e3;   // ns
  static constexpr double kLongTask = 2e6;      // ns: a round trip is below 1 % of it

  [[nodiscard]] std::size_t depth_for(double service_ns, double work_ns) const noexcept {
    if (service_ns >= kLongTask) return 1;
    const double tasks = work_ns / std::max(service_ns, 1.0);
    if (tasks >= static_cast<double>(max_)) return max_;
    const std::size_t least = work_ns == kQueuedWork ? 2 : 1;
    return std::min(max_, std::max(least, static_cast<std::size_t>(tasks)));
  }

  std::size_t max_;
  // Begins pessimistic: the first tasks are spread over all workers.
  double service_ns_ = 1e6;
  std::size_t depth_ = 1;
  std::size_t stream_depth_ = 1;
};

}  // namespace revenant
