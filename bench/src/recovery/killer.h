// Sends a SIGKILL at a planned instant, whatever the pool's own thread is doing then.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>

#include "pool/os/clock.h"
#include "pool/os/process.h"

namespace revenant::bench {

// A kill comes so long after what it waits for, and so much more at random: several tasks' time, so
// that every phase of a task, and of the pool's own timers, is equally likely.
inline constexpr std::chrono::milliseconds kPlanAhead{1};
inline constexpr std::chrono::nanoseconds kPlanSpread = std::chrono::milliseconds(5);
// For `restarts_max`, within the pool's five seconds: more than come. The pool keeps the time of
// each, and its processes are larger for it.
inline constexpr std::size_t kDeathsMax = 20'000;

// A thread that sleeps until the instant. The thread that drives the pool could not do it itself:
// it is in poll(), and would kill at the moments at which poll() returns, which is when a task has
// just ended. Plan after plan, one at a time; all calls from one thread.
class Killer {
 public:
  Killer();
  Killer(const Killer&) = delete;
  Killer& operator=(const Killer&) = delete;
  ~Killer();  // Drops a plan that is not due yet.

  void plan(os::Process victim, os::TimePoint when);

  struct Shot {
    os::TimePoint planned;
    os::TimePoint sent;    // read just before the system call that sends the signal
    bool reached = false;  // the signal found a process that was not reaped
  };
  // The shot that was planned last, once it has been fired.
  [[nodiscard]] std::optional<Shot> fired();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  std::optional<os::Process> victim_;
  os::TimePoint when_{};
  std::optional<Shot> shot_;
  std::thread thread_;  // Last: it uses the rest.
};

}  // namespace revenant::bench
