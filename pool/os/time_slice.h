// The calling thread's time slice: how soon it runs once it is woken, on a processor that is busy.
//
// A thread with a shorter slice than the one that runs takes the processor from it when it is woken
// (EEVDF); its share of the processor stays as it is. Linux 6.12; older kernels have no such thing,
// and nothing happens. No privilege is needed. Inherited by fork and by new threads.
#pragma once

#include <cstdint>

namespace revenant::os {

class TimeSlice {
 public:
  // Gives the calling thread the shortest slice there is, a tenth of a millisecond. Does nothing to
  // a thread that is not scheduled by the default policy, nor where the kernel refuses.
  static TimeSlice shorten() noexcept;

  // Gives the calling thread, the same or one that has inherited the short slice, the slice that
  // stood before; unless its policy or its slice has been changed meanwhile.
  void restore() const noexcept;

 private:
  std::uint64_t before_ns_ = 0;  // 0: nothing was changed
};

}  // namespace revenant::os
