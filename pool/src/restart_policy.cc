#include "pool/src/restart_policy.h"

namespace revenant {

RestartPolicy::RestartPolicy(std::size_t restarts_max, os::Nanoseconds period)
    : period_(period), deaths_(restarts_max) {}

bool RestartPolicy::allow(os::TimePoint now) {
  // The one that would be overwritten is restarts_max deaths ago: if it lies within the period,
  // this is one too many.
  if (recorded_ == deaths_.size() && now - deaths_[next_] < period_) return false;
  deaths_[next_] = now;
  next_ = (next_ + 1) % deaths_.size();
  if (recorded_ < deaths_.size()) ++recorded_;
  return true;
}

}  // namespace revenant
