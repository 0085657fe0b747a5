// When to kill.
#pragma once

#include <cstdint>
#include <random>

#include "pool/os/clock.h"

namespace revenant::bench {

// The instants of a Poisson process, each counted from the one before and not from when that was
// carried out: what is late does not make the rest late.
class KillTimes {
 public:
  // Zero a second: never.
  KillTimes(double per_second, std::uint64_t seed, os::TimePoint begin)
      : per_second_(per_second), random_(seed), next_(begin) {
    advance();
  }

  [[nodiscard]] os::TimePoint next() const noexcept { return next_; }
  void advance() {
    if (per_second_ <= 0) {
      next_ = os::TimePoint::max();
      return;
    }
    std::exponential_distribution<double> gap(per_second_);
    next_ +=
        std::chrono::duration_cast<os::Nanoseconds>(std::chrono::duration<double>(gap(random_)));
  }
  // Which of so many.
  [[nodiscard]] std::size_t pick(std::size_t count) { return random_() % count; }

 private:
  double per_second_;
  std::mt19937_64 random_;
  os::TimePoint next_;
};

}  // namespace revenant::bench
