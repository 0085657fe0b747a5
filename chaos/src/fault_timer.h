// When the faults of the plan come, how many tasks may be out until then, and when the chaos phase
// is over.
//
// Decides from state and `now`; inject() alone acts. One thread.
//
// A run of N tasks is done too soon for its faults if the target is fast. So while fewer than
// `faults_min` faults are installed a closed loop gets its tasks in portions, one for each fault
// that is wanted. With an idle schedule the portions are what it is about: each is followed by a
// wait until nothing is outstanding, and a fault.
#pragma once

#include <cstdint>

#include "chaos/src/conversation.h"
#include "chaos/src/injector.h"
#include "chaos/src/plan.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

class FaultTimer {
 public:
  FaultTimer(const RunOptions& options, Injector& injector);

  // The chaos phase begins.
  void start(Nanos now) noexcept;

  struct Decision {
    bool inject = false;      // call inject() now
    bool is_over = false;     // the chaos phase is
    std::uint64_t quota = 0;  // tasks that may have been given in all
    Nanos wake_at = 0;        // when to decide again at the latest
  };
  [[nodiscard]] Decision decide(Nanos now, const Conversation& conversation) const;

  // The next fault of the plan; of a burst, all that come at once.
  void inject(Nanos now);

  // How long a run that is bounded by time goes on without faults.
  [[nodiscard]] Nanos calm_time() const noexcept { return calm_time_; }

 private:
  [[nodiscard]] Decision decide_idle(Nanos now, const Conversation& conversation) const;
  [[nodiscard]] Decision decide_timed(Nanos now, const Conversation& conversation) const;
  [[nodiscard]] bool has_patience(Nanos now) const noexcept;
  [[nodiscard]] std::uint64_t portion(std::uint64_t faults, std::uint64_t of) const noexcept;

  const RunOptions& options_;
  Injector& injector_;
  Plan plan_;
  std::uint64_t chaos_tasks_;
  Nanos duration_;  // 0: bounded by tasks
  Nanos calm_time_ = 0;
  Nanos begin_ = 0;
  std::uint64_t done_ = 0;  // faults of the plan that had their turn
  bool hold_for_effect_ = false;
  Nanos last_installed_at_ = 0;
  std::uint64_t last_installed_ = 0;
  Nanos patience_;
};

}  // namespace revenant::chaos
