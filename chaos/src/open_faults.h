// Faults that were sent and whose fate is not known yet.
//
// One thread. A fault counts only once its effect was seen: t0 is the time before the signal was
// sent, t1 the time at which the pidfd was readable or /proc said T. What becomes of each is
// recorded once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chaos/src/conversation.h"
#include "chaos/src/memory_limit.h"
#include "chaos/src/plan.h"
#include "chaos/src/recorder.h"
#include "chaos/src/spawn_gate.h"
#include "chaos/src/workers.h"

namespace revenant::chaos {

struct OpenFault {
  FaultDone event;
  FaultKind kind = FaultKind::kill;
  std::uint64_t token = 0;  // of the victim in the tree; 0: the main process, or not known yet
  bool seen = false;
  std::uint64_t victims = 0;  // of a task that ends workers
  Nanos stop_for = 0;
  Nanos continue_at = 0;  // of a stop, and of an end to refusing new processes
};

class OpenFaults {
 public:
  OpenFaults(ProcessTree& tree, const Conversation& conversation, SpawnGate& gate,
             MemoryLimit& limit, Recorder& recorder);

  void add(OpenFault fault);
  void skip(FaultDone event, std::string why);

  // A member of the tree has ended, or the main process: perhaps by what was sent to it.
  void on_ended(Member& member);
  bool on_main_ended(int status, Nanos now);  // true if a fault did it

  // Looks whether the stopped have stopped, sends SIGCONT where it is time, gives up where nothing
  // was seen for kEffectBound.
  void tick(Nanos now);
  [[nodiscard]] Nanos next_due() const noexcept;

  // What lasts ends now: SIGCONT to everyone, and processes may be started again.
  void end_lasting(Nanos now);

  [[nodiscard]] bool is_waiting() const noexcept;
  [[nodiscard]] bool waits_for(std::uint64_t token) const noexcept;
  // Victims on whom the effect was seen.
  [[nodiscard]] std::uint64_t installed() const noexcept { return installed_; }

  static constexpr Nanos kEffectBound = 2'000'000'000;

 private:
  bool take_end(OpenFault& open, Member& member);
  void take_exit0(Member& member);
  bool give_up(OpenFault& open, Nanos now);
  void look_for_stop(OpenFault& open, Nanos now);
  void send_continue(OpenFault& open, Nanos now);
  void open_gate(OpenFault& open, Nanos now);
  void install(OpenFault& open, Nanos seen, std::string evidence);
  void finish(const OpenFault& open, Nanos now);

  ProcessTree& tree_;
  const Conversation& conversation_;
  SpawnGate& gate_;
  MemoryLimit& limit_;
  Recorder& recorder_;
  std::vector<OpenFault> open_;
  Nanos next_stop_look_ = 0;
  Nanos next_exit0_look_ = 0;
  std::uint64_t installed_ = 0;
};

}  // namespace revenant::chaos
