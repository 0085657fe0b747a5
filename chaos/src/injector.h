// Does what the plan says to the workers, and sees whether it was done.
//
// One thread of the harness. Signals go through the pidfds of members of the target's tree, and to
// nobody else; kill-group alone goes to a process group, which cannot be anybody else's while its
// leader, our child, was not reaped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chaos/src/aim.h"
#include "chaos/src/blocked_watch.h"
#include "chaos/src/memory_limit.h"
#include "chaos/src/open_faults.h"

namespace revenant::chaos {

class Injector {
 public:
  Injector(const os::Process& main, Workers& workers, ProcessTree& tree, Conversation& conversation,
           SpawnGate& gate, Recorder& recorder);

  // Hits, or records that nobody was there to be hit, or begins to wait for the schedule's moment.
  // `planned` is when it was due.
  void inject(const PlannedFault& fault, Schedule::Kind when, Nanos planned);

  // A member of the tree has ended, or the main process: perhaps by what was sent to it.
  void on_ended(Member& member) { open_.on_ended(member); }
  // True if it was.
  bool on_main_ended(int status, Nanos now) { return open_.on_main_ended(status, now); }

  void tick(Nanos now);
  [[nodiscard]] Nanos next_due() const noexcept;
  // Call it now and then: so it is known since when each worker has been blocked.
  void look_at_workers(Nanos now) { blocked_.look(workers_.alive(), now); }

  // The faults are over: those that last end now, and no moment is waited for any more.
  void end_faults(Nanos now);

  // An effect is still being waited for.
  [[nodiscard]] bool is_waiting() const noexcept { return open_.is_waiting(); }
  // A moment is, or its victim is being collected.
  [[nodiscard]] bool is_aiming() const noexcept { return aim_.has_value(); }
  // A call has yet to come, and only tasks bring it about; a birth has, and most pools need none.
  [[nodiscard]] bool is_awaiting_call() const noexcept;
  [[nodiscard]] bool is_awaiting_birth() const noexcept;
  // Tasks that went out now might be missed.
  [[nodiscard]] bool is_arming() const noexcept;
  // Victims on whom the effect was seen.
  [[nodiscard]] std::uint64_t installed() const noexcept { return open_.installed(); }

 private:
  // A fault of the plan that has its turn.
  struct Strike {
    PlannedFault fault;
    std::uint64_t n = 0;
    Nanos planned = 0;
    Schedule::Kind when = Schedule::Kind::poisson;
    std::string moment = {};
  };

  // The one that the fault is for, by its number or by the draw.
  [[nodiscard]] Member* first_victim(const Strike& strike, const std::vector<Member*>& all) const;

  void strike_workers(const Strike& strike, bool longest_blocked);
  void strike_main(const Strike& strike);
  void strike_with_task(const Strike& strike);
  void take_aim(const Strike& strike, Schedule::Kind when);
  void step_aim(Nanos now);
  void hit_at_moment();

  void hit(const Strike& strike, const std::vector<Member*>& victims);
  [[nodiscard]] std::string prepare(const Strike& strike, const Member& victim);
  [[nodiscard]] std::vector<Member*> candidates(FaultKind kind);
  [[nodiscard]] FaultDone event_of(const Strike& strike) const;
  [[nodiscard]] FaultDone event_of(const Strike& strike, const Member& victim) const;
  void skip(const Strike& strike, std::string why);

  const os::Process& main_;
  Workers& workers_;
  ProcessTree& tree_;
  Conversation& conversation_;
  SpawnGate& gate_;
  Recorder& recorder_;
  MemoryLimit limit_;
  OpenFaults open_;
  BlockedWatch blocked_;
  std::optional<Aim> aim_;
  Strike aimed_;
  Nanos next_aim_look_ = 0;
  std::uint64_t next_n_ = 0;
};

}  // namespace revenant::chaos
