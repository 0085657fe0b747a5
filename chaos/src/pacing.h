// When the next task goes out.
//
// Pure: state and `now` in, a decision out. Closed loop: one goes out whenever fewer than
// `outstanding` are open, and is due when it goes. Open loop: they are due at even intervals,
// whether the target keeps up or not; one that goes out late keeps the time at which it was due.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "chaos/src/history.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

class Pacing {
 public:
  explicit Pacing(const RunOptions& options) noexcept;

  // After a pause, and at the start: what would have been due meanwhile is not made up for.
  void resume(Nanos now) noexcept;

  // When the task was due that may go out now; empty if none may.
  [[nodiscard]] std::optional<Nanos> due_now(Nanos now, std::uint64_t outstanding) const noexcept;
  void submitted() noexcept;

  // When to ask again in an open loop; a closed one asks after each outcome.
  [[nodiscard]] std::optional<Nanos> next_due() const noexcept;

  // In an open loop: beyond so many open tasks the next goes out late, so that memory is bounded.
  static constexpr std::uint64_t kOpenLoopMax = 100'000;

 private:
  std::uint64_t outstanding_max_;
  double interval_ns_;  // 0 in a closed loop
  Nanos begin_ = 0;
  std::uint64_t sent_ = 0;  // since begin_

  [[nodiscard]] Nanos due_of_next() const noexcept;
};

}  // namespace revenant::chaos
