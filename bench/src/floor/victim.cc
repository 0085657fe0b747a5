#include "bench/src/floor/victim.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "bench/src/floor/spin.h"
#include "bench/src/resident_memory.h"
#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

constexpr auto kVictimReadyWithin = std::chrono::seconds(60);

using Flag = std::atomic<bool>;

Flag& flag_in(const os::SharedRegion& region) { return *reinterpret_cast<Flag*>(region.data()); }

// In the victim.
[[noreturn]] void stay(VictimState state) {
  while (true) {
    if (state == VictimState::sleeping) {
      ::pause();
    } else {
      pause_processor();
    }
  }
}

}  // namespace

Victim::Victim(const VictimKind& kind, const std::function<void()>& prepare)
    : prepared_(sizeof(Flag)), peer_([&] {
        const ResidentMemory memory(kind.resident_bytes);
        prepare();
        flag_in(prepared_).store(true, std::memory_order_release);
        stay(kind.state);
      }) {
  const os::TimePoint until = os::now() + kVictimReadyWithin;
  const char wanted = kind.state == VictimState::sleeping ? 'S' : 'R';
  while (true) {
    const auto stat = os::read_proc_stat(peer_.process().pid());
    const bool is_prepared = flag_in(prepared_).load(std::memory_order_acquire);
    if (is_prepared && stat && stat->state == wanted) return;
    if (!peer_.alive()) throw std::runtime_error("the victim died before it was killed");
    if (os::now() > until) throw std::runtime_error("the victim was not ready in 60 s");
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

double resident_kib(const Victim& victim) {
  const auto stat = os::read_proc_stat(victim.process().pid());
  return stat ? static_cast<double>(stat->resident_bytes) / 1024 : 0;
}

}  // namespace revenant::bench
