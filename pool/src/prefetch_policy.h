// How many tasks may lie in a worker's ring.
//
// Short tasks should stream: a worker that goes to sleep between them costs two system calls and a
// wake-up for each. Long tasks should not queue behind each other while another worker is free. The
// measured service time decides.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "pool/os/clock.h"

namespace revenant {

// A pure function of the service times it was told of; one for the pool, whose workers all run one
// function.
class PrefetchPolicy {
 public:
  explicit PrefetchPolicy(std::size_t prefetch_max) noexcept : max_(prefetch_max) {}

  // A task took so long, by its worker's own clock. What it waited before is not part of it: a pool
  // that measured its own delays would take a slow machine for long tasks, wake more workers, and
  // make it slower.
  void served(os::Nanoseconds took) noexcept {
    // The mean of the logarithm: one task that was preempted for a time slice does not look like a
    // thousand long ones.
    const double sample = std::log2(std::max(1.0, static_cast<double>(took.count())));
    log2_service_ns_ += kWeight * (sample - log2_service_ns_);
    const double service_ns = std::exp2(log2_service_ns_);
    service_time_ = os::Nanoseconds(static_cast<std::int64_t>(service_ns));
    depth_ = depth_for(service_ns, kQueuedWork, 2);
    deep_ = depth_for(service_ns, kQueuedWorkOfMany, 3);
    stream_depth_ = depth_for(service_ns, kWakeUpCost, 1);
  }

  // Tasks on one worker when no worker is free: as much as keeps it busy until the supervisor has
  // come round again, one behind the running one while a round trip matters beside the task, and
  // none behind a task of milliseconds. While many wait, `waiting` for each worker, it is as much
  // as lets the supervisor sleep meanwhile, but no more than half of them: the last ones are
  // spread. Before the first service time is known their number is all that is known.
  [[nodiscard]] std::size_t depth(std::size_t waiting) const noexcept {
    return std::max(depth_, std::min(deep_, waiting / 2));
  }
  // Whether depth() depends on the waiting ones.
  [[nodiscard]] bool can_be_deeper() const noexcept { return deep_ > depth_; }
  // Tasks on one worker before another, sleeping one is woken: what it serves while the other wakes
  // up.
  [[nodiscard]] std::size_t stream_depth() const noexcept { return stream_depth_; }

  [[nodiscard]] os::Nanoseconds service_time() const noexcept { return service_time_; }

 private:
  static constexpr double kWeight = 0.125;
  static constexpr double kQueuedWork = 200e3;      // ns
  static constexpr double kQueuedWorkOfMany = 3e6;  // ns
  static constexpr double kWakeUpCost = 30e3;       // ns
  static constexpr double kLongTask = 2e6;          // ns: a round trip is below 1 % of it

  [[nodiscard]] std::size_t depth_for(double service_ns, double work_ns,
                                      std::size_t least) const noexcept {
    if (service_ns >= kLongTask) return 1;
    const double tasks = work_ns / service_ns;
    if (tasks >= static_cast<double>(max_)) return max_;
    return std::min(max_, std::max(least, static_cast<std::size_t>(tasks)));
  }

  std::size_t max_;
  // Begins pessimistic, at a millisecond: the first tasks are spread over all workers.
  double log2_service_ns_ = 20;
  os::Nanoseconds service_time_{std::int64_t{1} << 20};
  std::size_t depth_ = 1;
  std::size_t deep_ = max_;
  std::size_t stream_depth_ = 1;
};

}  // namespace revenant
