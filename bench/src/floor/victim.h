// The victim of a kill floor: a forked process that does nothing and sleeps.
#pragma once

#include <functional>

#include "bench/src/peer_process.h"

namespace revenant::bench {

// Forks the victim, lets it run `prepare`, and returns when it sleeps. std::runtime_error if it
// dies or does not come to rest within some seconds.
class Victim {
 public:
  explicit Victim(const std::function<void()>& prepare);

  [[nodiscard]] const os::Process& process() const noexcept { return peer_.process(); }
  [[nodiscard]] bool alive() const noexcept { return peer_.alive(); }
  [[nodiscard]] bool reap_killed() noexcept { return peer_.reap_killed(); }

 private:
  PeerProcess peer_;
};

// The victim's resident memory: what its death has to tear down.
[[nodiscard]] double resident_kib(const Victim& victim);

}  // namespace revenant::bench
