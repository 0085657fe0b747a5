#include "pool/src/crash_point.h"

#ifdef REVENANT_CRASH_POINTS

#include <unistd.h>

#include <atomic>
#include <new>

#include "pool/os/shared_region.h"

namespace revenant {
namespace {

// Shared by every process of the test, so that the count survives those that it kills.
struct Armed {
  std::atomic<CrashPoint> point;
  std::atomic<std::int64_t> passes_left;
  std::atomic<std::uint32_t> kills_left;
  std::atomic<std::uint32_t> kills;
  std::atomic<int> signal;
};

Armed& armed() {
  static os::SharedRegion region(sizeof(Armed));
  static Armed* const place = new (region.data()) Armed{};
  return *place;
}

}  // namespace

void arm_crash_point(CrashPoint point, std::uint32_t nth, std::uint32_t kills, int signal) {
  armed().passes_left = nth;
  armed().kills_left = kills;
  armed().kills = 0;
  armed().signal = signal;
  armed().point = point;
}

std::uint32_t crash_point_kills() { return armed().kills; }

void crash_point(CrashPoint point) noexcept {
  Armed& state = armed();
  if (state.point.load(std::memory_order_relaxed) != point) return;
  if (state.passes_left.fetch_sub(1) > 1) return;
  std::uint32_t left = state.kills_left.load();
  while (left > 0 && !state.kills_left.compare_exchange_weak(left, left - 1)) {
  }
  if (left == 0) return;
  state.kills.fetch_add(1);
  ::kill(::getpid(), state.signal.load());
}

}  // namespace revenant

#endif
