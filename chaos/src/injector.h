// Does what the plan says to the workers, and sees whether it was done.
//
// One thread of the harness. A fault counts only once its effect was seen: t0 is the time before
// the signal was sent, t1 the time at which the pidfd was readable or /proc said T. Signals go
// through the pidfds of members of the target's tree, and to nobody else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chaos/src/plan.h"
#include "chaos/src/recorder.h"
#include "chaos/src/workers.h"

namespace revenant::chaos {

class Injector {
 public:
  Injector(Workers& workers, ProcessTree& tree, Recorder& recorder);

  // Sends the signal, or records that nobody was there to take it. `planned` is when it was due.
  void inject(const PlannedFault& fault, Nanos planned);

  // A member of the tree has ended: perhaps by what was sent to it.
  void on_ended(const Member& member);

  // Looks whether the stopped have stopped, sends SIGCONT where it is time, gives up where nothing
  // was seen for kEffectBound.
  void tick(Nanos now);
  [[nodiscard]] Nanos next_due() const noexcept;

  // SIGCONT to everyone, now: the faults are over.
  void continue_all(Nanos now);

  // An effect is still being waited for.
  [[nodiscard]] bool is_waiting() const noexcept;
  // Victims on whom the effect was seen.
  [[nodiscard]] std::uint64_t installed() const noexcept { return installed_; }

  static constexpr Nanos kEffectBound = 2'000'000'000;

 private:
  struct Open {
    FaultDone event;
    FaultKind kind = FaultKind::kill;
    std::uint64_t token = 0;
    bool seen = false;
    Nanos stop_for = 0;
    Nanos continue_at = 0;
  };

  void skip(const PlannedFault& fault, Nanos planned, std::string why);
  void send(const PlannedFault& fault, Nanos planned, Member& victim);
  void look_for_stop(Open& open, Nanos now);
  void send_continue(Open& open, Nanos now);
  void finish(const Open& open, Nanos now);

  Workers& workers_;
  ProcessTree& tree_;
  Recorder& recorder_;
  std::vector<Open> open_;
  Nanos next_stop_look_ = 0;
  std::uint64_t installed_ = 0;
};

}  // namespace revenant::chaos
