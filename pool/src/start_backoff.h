// Exponential back-off after starts that failed.
#pragma once

#include <algorithm>
#include <cstddef>

#include "pool/os/clock.h"

namespace revenant {

// A pure function of what it was told. One for the whole pool: what makes a start fail (no
// processes, no descriptors, no memory, a broken on_worker_start) is the same for every slot. Only
// *starts* are delayed: a worker that was ready and died is replaced at once.
class StartBackoff {
 public:
  StartBackoff(os::Nanoseconds first, os::Nanoseconds max) noexcept : first_(first), max_(max) {}

  void failed(os::TimePoint now) noexcept {
    ++failures_;
    // Starts asked for together fail together: that is one reason to wait, not many.
    if (now < not_before_) return;
    delay_ = failures_ == 1 ? first_ : std::min(max_, delay_ * 2);
    not_before_ = now + delay_;
  }
  // A worker became ready.
  void succeeded() noexcept {
    failures_ = 0;
    not_before_ = os::TimePoint::min();
  }

  [[nodiscard]] bool may_start(os::TimePoint now) const noexcept { return now >= not_before_; }
  [[nodiscard]] os::TimePoint not_before() const noexcept { return not_before_; }
  [[nodiscard]] std::size_t failures_in_a_row() const noexcept { return failures_; }

 private:
  os::Nanoseconds first_;
  os::Nanoseconds max_;
  os::Nanoseconds delay_{0};
  std::size_t failures_ = 0;
  os::TimePoint not_before_ = os::TimePoint::min();
};

}  // namespace revenant
