#include "bench/src/floor/victim.h"

#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

constexpr auto kRestWithin = std::chrono::seconds(10);

}  // namespace

Victim::Victim(const std::function<void()>& prepare)
    : peer_([&] {
        prepare();
        while (true) ::pause();
      }) {
  // The victim sleeps nowhere but in pause(): `prepare` waits for nothing.
  const os::TimePoint until = os::now() + kRestWithin;
  while (true) {
    const auto stat = os::read_proc_stat(peer_.process().pid());
    if (stat && stat->state == 'S') return;
    if (!peer_.alive()) throw std::runtime_error("the victim died before it was killed");
    if (os::now() > until) throw std::runtime_error("the victim did not come to rest");
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

double resident_kib(const Victim& victim) {
  const auto stat = os::read_proc_stat(victim.process().pid());
  return stat ? static_cast<double>(stat->resident_bytes) / 1024 : 0;
}

}  // namespace revenant::bench
