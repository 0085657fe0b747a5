// When the faults of the run's schedules come, how many tasks may be out until then, and when the
// chaos phase is over.
//
// Decides from state and `now`; inject() alone acts. One thread.
//
// Schedules that go by the clock run side by side. The moments of the others come one after the
// other, spread evenly over the run: before each a portion of the tasks goes out, or of the time
// goes by. A pause (idle, blocked) then waits until nothing is outstanding; an aimed moment is
// waited for while tasks go on: a call takes as many as it needs, a birth few. Once the last task
// is answered no call comes any more, and the moments of births and pauses have their turn still.
//
// A script takes the place of all schedules: each of its faults comes after so many outcomes.
//
// A run of N tasks is done too soon for its faults if the target is fast. So while fewer faults
// than are demanded are installed a closed loop gets its tasks in portions, one for each fault
// that is wanted.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

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

  // What decide() asked for: those that are due by the clock, or the next moment.
  void inject(Nanos now, const Conversation& conversation);

  // The faults of the draining schedules, which come after the end of input.
  [[nodiscard]] std::uint64_t draining_left() const noexcept;
  void inject_draining(Nanos now);

 private:
  struct Track {
    Schedule schedule;
    Plan plan;
    std::uint64_t done = 0;
  };

  [[nodiscard]] Decision decide_script(Nanos now, const Conversation& conversation) const;
  [[nodiscard]] std::uint64_t quota_before(const ScriptedFault& next,
                                           const Conversation& conversation) const noexcept;
  [[nodiscard]] Decision decide_moment(Nanos now, const Conversation& conversation) const;
  [[nodiscard]] Decision decide_timed(Nanos now) const;
  [[nodiscard]] const Track* next_timed() const noexcept;
  [[nodiscard]] bool calls_may_come(const Conversation& conversation) const noexcept;
  [[nodiscard]] const Track* next_moment(const Conversation& conversation) const noexcept;
  void give_more_if_awaited(Decision& decision, Nanos now, const Conversation& conversation) const;
  void inject_scripted(Nanos now);
  void take(Track& track, Nanos now, Nanos planned);
  [[nodiscard]] bool is_wanting(Nanos now) const noexcept;
  [[nodiscard]] std::uint64_t portion(std::uint64_t faults, std::uint64_t of) const noexcept;

  const RunOptions& options_;
  Injector& injector_;
  std::vector<Track> tracks_;
  std::uint64_t chaos_tasks_;
  std::uint64_t moments_ = 0;  // of all schedules that have them, but for those of draining
  std::uint64_t moments_done_ = 0;
  std::uint64_t timed_done_ = 0;
  std::uint64_t faults_min_;
  std::uint64_t timed_max_;
  Nanos duration_;  // 0: bounded by tasks
  Nanos begin_ = 0;
  std::size_t script_done_ = 0;
  bool hold_for_effect_ = false;
  Nanos last_installed_at_ = 0;
  std::uint64_t last_installed_ = 0;
  Nanos patience_;
};

}  // namespace revenant::chaos
