// Restart intensity: how many deaths are too many. As in OTP's supervisor (add_restart).
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "pool/os/clock.h"

namespace revenant {

// A pure function of the deaths it was told of: reads no clock, makes no system call.
class RestartPolicy {
 public:
  RestartPolicy(std::size_t restarts_max, os::Nanoseconds period);

  // Whether the pool may go on after a death at `now`: false if more than restarts_max lie within
  // the period that ends now. Times must not decrease.
  [[nodiscard]] bool allow(os::TimePoint now);

 private:
  os::Nanoseconds period_;
  std::size_t max_;
  // The last restarts_max deaths that were allowed, oldest overwritten first. Not touched before it
  // is written: for a thousand workers it is 8 MiB, of which every fork would copy the page tables.
  std::unique_ptr<os::TimePoint::rep[]> deaths_;
  std::size_t next_ = 0;
  std::size_t recorded_ = 0;
};

}  // namespace revenant
