// Stands in for a target that speaks no protocol: takes tasks, asks the target from outside, and
// answers for it.
//
// It does so on a thread of its own, over two pipes, so that the rest of the harness sees a target
// like any other. Each task is `echo` of its argument if the probe was answered, and `failed` with
// the reason if it was not. `ready` is said once a probe has been answered, or at once where there
// is none to ask.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "chaos/src/probe_attempt.h"
#include "pool/os/clock.h"
#include "pool/os/unique_fd.h"

namespace revenant::chaos {

class Prober {
 public:
  // A probe that takes longer than `limit` has failed. Throws as resolve_probe() does, and
  // std::system_error.
  Prober(const std::optional<Probe>& probe, std::chrono::milliseconds limit);
  // Waits for the thread, which ends with the input: close that first.
  ~Prober();
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;

  // The near ends, non-blocking; each can be taken once.
  [[nodiscard]] os::UniqueFd take_input() noexcept { return std::move(near_input_); }
  [[nodiscard]] os::UniqueFd take_output() noexcept { return std::move(near_output_); }

  // Why the last probe that failed did so; any thread.
  [[nodiscard]] std::string last_failure() const;

 private:
  struct Open {
    std::optional<std::uint64_t> id;  // empty: whether the target is ready
    std::string value;                // JSON
    os::TimePoint since;
    ProbeAttempt attempt;
  };
  struct Waiting {
    std::uint64_t id = 0;
    std::string value;
  };

  void run();
  void start_waiting();
  void wait();
  bool take_input_lines();
  void take_task(const std::string& line);
  void take_answers();
  void answer(const Open& open, const std::string& failure);
  void say(const std::string& line);

  std::optional<ProbePlan> plan_;
  std::chrono::milliseconds limit_;
  os::UniqueFd near_input_;
  os::UniqueFd near_output_;
  os::UniqueFd input_;
  os::UniqueFd output_;
  bool said_ready_ = false;
  bool input_ended_ = false;
  os::TimePoint next_try_ = os::now();
  std::string unread_;
  std::list<Waiting> waiting_;
  std::list<Open> open_;
  mutable std::mutex mutex_;
  std::string last_failure_;
  std::thread thread_;  // the last: it uses all of the above
};

}  // namespace revenant::chaos
