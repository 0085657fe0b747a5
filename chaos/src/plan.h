// Which faults come when: drawn from the seed alone, before and independently of what happens.
//
// The victim is not a process but a number; the injector takes it modulo the workers that are alive
// when the moment has come. So the plan is the same each time, the interleaving is not.
// Pure; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chaos/src/history.h"
#include "chaos/src/random.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

struct PlannedFault {
  std::uint64_t n = 0;
  FaultKind kind = FaultKind::kill;
  Nanos at = 0;  // after the start of the chaos phase; of no meaning in an idle schedule
  std::uint64_t victim_draw = 0;
  Nanos stop_for = 0;  // of `stop`
  // In an idle schedule: whether tasks are submitted again once the effect of the fault was seen,
  // or the moment that the signal was sent, when the target cannot know of it yet.
  bool resume_after_effect = false;
};

class Plan {
 public:
  explicit Plan(const RunOptions& options);

  // The next fault; empty where an idle schedule has had all of its own.
  [[nodiscard]] const std::optional<PlannedFault>& next() const noexcept { return next_; }
  void advance();

 private:
  [[nodiscard]] PlannedFault draw();

  Random random_;
  Schedule schedule_;
  std::vector<Fault> faults_;
  std::uint64_t weights_ = 0;
  std::uint64_t drawn_ = 0;
  Nanos clock_ = 0;
  std::optional<PlannedFault> next_;
};

// How many faults the plan holds; 0 where that depends on how long the tasks take.
[[nodiscard]] std::uint64_t count_planned(const RunOptions& options);

}  // namespace revenant::chaos
