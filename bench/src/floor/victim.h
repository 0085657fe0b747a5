// The victim of a kill floor: a forked process that has nothing of its own.
#pragma once

#include <cstddef>
#include <functional>

#include "bench/src/peer_process.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {

// What it does when the signal comes. A process that runs dies sooner: one that sleeps has to be
// woken first.
enum class VictimState { running, sleeping };

struct VictimKind {
  VictimState state = VictimState::running;
  // That it has made resident: what its death has to tear down.
  std::size_t resident_bytes = 0;
};

// Forks the victim, lets it run `prepare`, which waits for nothing, and returns when it is in its
// state. std::runtime_error if it dies or does not get there within some seconds.
class Victim {
 public:
  Victim(const VictimKind& kind, const std::function<void()>& prepare);

  [[nodiscard]] const os::Process& process() const noexcept { return peer_.process(); }
  [[nodiscard]] bool alive() const noexcept { return peer_.alive(); }
  [[nodiscard]] bool reap_killed() noexcept { return peer_.reap_killed(); }

 private:
  os::SharedRegion prepared_;
  PeerProcess peer_;
};

// The victim's resident memory: what its death has to tear down.
[[nodiscard]] double resident_kib(const Victim& victim);

}  // namespace revenant::bench
