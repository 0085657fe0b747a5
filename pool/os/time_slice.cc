#include "pool/os/time_slice.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace revenant::os {
namespace {

// The kernel's, of which glibc has no declaration before 2.41.
struct Schedule {
  std::uint32_t size = sizeof(Schedule);
  std::uint32_t policy = 0;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t slice_ns = 0;
  std::uint64_t deadline_ns = 0;
  std::uint64_t period_ns = 0;
};

constexpr std::uint64_t kShortestNs = 100'000;
constexpr std::uint64_t kResetOnFork = 1;  // the only flag that is an attribute of a thread

bool read(Schedule& schedule) noexcept {
  return ::syscall(SYS_sched_getattr, 0, &schedule, sizeof schedule, 0) == 0 &&
         schedule.policy == SCHED_OTHER;
}

bool write(Schedule schedule) noexcept {
  schedule.size = sizeof schedule;
  schedule.flags &= kResetOnFork;
  return ::syscall(SYS_sched_setattr, 0, &schedule, 0) == 0;
}

}  // namespace

TimeSlice TimeSlice::shorten() noexcept {
  TimeSlice slice;
  Schedule schedule;
  // Before 6.12 there is none to be read.
  if (!read(schedule) || schedule.slice_ns <= kShortestNs) return slice;
  const std::uint64_t before_ns = schedule.slice_ns;
  schedule.slice_ns = kShortestNs;
  if (write(schedule)) slice.before_ns_ = before_ns;
  return slice;
}

void TimeSlice::restore() const noexcept {
  Schedule schedule;
  if (before_ns_ == 0 || !read(schedule) || schedule.slice_ns != kShortestNs) return;
  schedule.slice_ns = before_ns_;
  write(schedule);
}

}  // namespace revenant::os
