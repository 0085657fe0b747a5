#include "pool/src/restart_policy.h"

namespace revenant {

RestartPolicy::RestartPolicy(std::size_t restarts_max, os::Nanoseconds period)
    : period_(period),
      max_(restarts_max),
      deaths_(std::make_unique_for_overwrite<os::TimePoint::rep[]>(restarts_max)) {}

bool RestartPolicy::allow(os::TimePoint now) {
  // The one that would be overwritten is restarts_max deaths ago: if it lies within the period,
  // this is one too many.
  if (recorded_ == max_ && now - os::TimePoint(os::TimePoint::duration(deaths_[next_])) < period_) {
    return false;
  }
  deaths_[next_] = now.time_since_epoch().count();
  next_ = (next_ + 1) % max_;
  if (recorded_ < max_) ++recorded_;
  return true;
}

}  // namespace revenant
