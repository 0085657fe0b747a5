// One kill and what the pool's events say became of it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "pool/os/clock.h"
#include "revenant/observer.h"

namespace revenant::bench {

// Fed with the pool's events from before the kill on; pure, reads no clock. Only one incident is
// under way at a time, so a replacement that comes after the detection is this victim's.
class Incident {
 public:
  explicit Incident(pid_t victim) noexcept : victim_(victim) {}

  void note(const Event& event) noexcept;

  [[nodiscard]] pid_t victim() const noexcept { return victim_; }
  // When the pool first knew of the death: the early notice, or else the first thing that it did
  // about it. The final notice is announced last, when the dead worker's tasks have been dealt
  // with.
  [[nodiscard]] std::optional<os::TimePoint> detected() const noexcept { return detected_; }
  // When another worker had the victim's place: a spare that was promoted, or a new worker that was
  // ready.
  [[nodiscard]] std::optional<os::TimePoint> replaced() const noexcept { return replaced_; }
  // When a new worker was ready: the same as replaced() without a spare, else the spare's own
  // successor.
  [[nodiscard]] std::optional<os::TimePoint> refilled() const noexcept { return refilled_; }
  // The task that was on the victim: the one that it was running, else the one that it would have
  // begun next; none if it had no task. A living worker's tasks may be moved on too: those are not
  // meant.
  [[nodiscard]] std::optional<std::uint64_t> task() const noexcept { return task_; }
  [[nodiscard]] bool was_running() const noexcept { return was_running_; }
  // When that task's outcome was delivered.
  [[nodiscard]] std::optional<os::TimePoint> delivered() const noexcept { return delivered_; }

  // Whether everything that can follow the death has been seen.
  [[nodiscard]] bool settled() const noexcept {
    return ended_ && replaced_ && refilled_ && (!task_ || delivered_);
  }
  // What cannot be true if the kill was sent at `sent`; null if nothing is wrong. Once settled.
  [[nodiscard]] const char* contradiction(os::TimePoint sent) const noexcept;

 private:
  void learn(os::TimePoint at) noexcept;

  pid_t victim_;
  bool ended_ = false;  // the final notice has come
  std::optional<os::TimePoint> detected_;
  std::optional<os::TimePoint> replaced_;
  std::optional<os::TimePoint> refilled_;
  std::optional<std::uint64_t> task_;
  bool was_running_ = false;
  std::optional<os::TimePoint> delivered_;
};

}  // namespace revenant::bench
