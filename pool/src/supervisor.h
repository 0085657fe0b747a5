// The pool's supervisor: one loop over bells, deaths and timers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pool/os/epoll.h"
#include "pool/os/event_fd.h"
#include "pool/os/timer_fd.h"
#include "pool/src/collector.h"
#include "pool/src/core.h"
#include "pool/src/dispatcher.h"
#include "pool/src/recovery.h"
#include "pool/src/staffing.h"
#include "revenant/pool.h"

namespace revenant {

// `from + delay` for the delays that callers give, which may be "for ever" (negative) or as good as
// that.
[[nodiscard]] inline os::TimePoint limit_after(os::TimePoint from, os::Nanoseconds delay) noexcept {
  const bool for_ever = delay.count() < 0 || delay > os::TimePoint::max() - from;
  return for_ever ? os::TimePoint::max() : from + delay;
}

// Behind class Pool; its public functions are Pool's, and the contract stands there. Everything is
// decided and done in these calls, on the caller's thread: the parts below each do one thing, and
// this class only says when.
class Supervisor {
 public:
  Supervisor(WorkerFunction function, PoolOptions options);
  ~Supervisor() = default;
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  SubmitResult submit(std::string_view payload, std::uint64_t tag);
  SubmitResult submit_lent(std::string_view payload, std::uint64_t tag);
  std::size_t poll(os::Nanoseconds timeout, const OutcomeHandler& handler);
  bool drain(os::Nanoseconds timeout, const OutcomeHandler& handler);
  bool shutdown(os::Nanoseconds timeout, const OutcomeHandler& handler);
  int event_descriptor();

  [[nodiscard]] const Core& core() const noexcept { return core_; }
  [[nodiscard]] const Staffing& staffing() const noexcept { return staffing_; }

 private:
  // What stands while a call is in progress: its handler, the count of what it delivered, and the
  // check that no handler calls back into anything but submit().
  class Call {
   public:
    Call(Supervisor& supervisor, const OutcomeHandler& handler) noexcept;
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    Supervisor& supervisor_;
  };

  using AddToLedger = TaskIndex (Ledger::*)(std::string_view payload, std::uint64_t tag);
  template <AddToLedger Add>
  SubmitResult submit_with(std::string_view payload, std::uint64_t tag);

  // One round of everything that is due, without waiting.
  void run_round();
  void list_to_visit(Slot& slot);
  void visit(Slot& slot);
  void recover_the_dead();
  void run_timers();
  void check_deadlines();
  void rebalance();
  void stop_if_failed();
  void cancel_open_tasks(Reason reason, std::string_view why);

  // While results stream, workers do not ring for each: looks at their rings.
  void look_at_busy();
  // From now on they do, and what they did not ring for is on the list of those to visit.
  void end_streaming();

  // Whether a worker that has tasks was last seen on our processor.
  [[nodiscard]] bool shares_a_processor() noexcept;

  // Until something may be there to do.
  void wait(os::TimePoint until);
  // Until when the workers have enough to do in any case, if that is worth a nap: from now on none
  // of them rings but who runs out of tasks.
  std::optional<os::TimePoint> begin_nap() noexcept;
  // So many at least; zero if that is too few to sleep meanwhile.
  [[nodiscard]] std::size_t tasks_on_every_worker() noexcept;
  void sleep(os::TimePoint until);
  void handle_events(std::optional<os::Nanoseconds> timeout);
  [[nodiscard]] bool something_rang() const noexcept;
  [[nodiscard]] os::TimePoint next_timer();
  [[nodiscard]] os::Nanoseconds first_due_after_submit() const;
  void arm_for_outside();
  void arm_after_submit();
  void set_timer(os::TimePoint when);

  void dismiss_workers();

  Core core_;
  os::Epoll epoll_;
  os::EventFd wake_;
  os::TimerFd timer_;
  Dispatcher dispatcher_;
  Collector collector_;
  Recovery recovery_;
  std::vector<std::size_t> to_visit_;  // slots that rang
  std::vector<std::size_t> visiting_;  // those of them whose turn it is in this round
  std::vector<std::size_t> dead_;      // slots to recover
  os::TimePoint next_kernel_look_;     // when a busy loop asks epoll again
  os::TimePoint next_busy_look_;       // when it asks the workers that do not ring
  os::TimePoint last_rebalance_;
  bool outside_loop_ = false;
  os::TimePoint timer_set_to_ = os::TimePoint::max();
  bool timer_covers_submits_ = false;  // it goes off before anything submitted now can be due
  bool stopped_itself_ = false;
  bool cancelled_ = false;
  bool shut_down_ = false;
  Staffing staffing_;  // last: its end waits for processes that use what stands above
};

}  // namespace revenant
