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
  FaultKind kind = FaultKind::kill;
  Nanos at = 0;  // after the start of the chaos phase; of no meaning where moments are counted
  std::uint64_t victim_draw = 0;
  std::optional<std::uint64_t> worker = std::nullopt;  // the victim's number, where it is fixed
  std::uint64_t victims = 1;                           // of `kill_some`
  Nanos stop_for = 0;                                  // of `stop` and `spawn_fails`
  // In an idle schedule: whether tasks are submitted again once the effect of the fault was seen,
  // or the moment that the signal was sent, when the target cannot know of it yet.
  bool resume_after_effect = false;
  // Where system calls are followed: which of those that count, from 1, and whether the victim is
  // hit as it enters the call or as it leaves it.
  std::uint64_t nth_call = 1;
  bool on_leaving = false;
};

// The faults of one of the run's schedules.
class Plan {
 public:
  Plan(const RunOptions& options, std::size_t schedule);

  // The next fault; empty where the schedule has had all of its own.
  [[nodiscard]] const std::optional<PlannedFault>& next() const noexcept { return next_; }
  void advance();

 private:
  [[nodiscard]] PlannedFault draw();

  Random random_;
  Random calls_;  // of its own, so that following system calls moves no other number
  Schedule schedule_;
  std::vector<Fault> faults_;
  std::uint64_t weights_ = 0;
  std::uint64_t drawn_ = 0;
  Nanos clock_ = 0;
  std::optional<PlannedFault> next_;
};

// A fault of a script.
[[nodiscard]] PlannedFault planned(const ScriptedFault& scripted);

// Whether the schedule waits for moments, and has so many of them, instead of going by the clock.
[[nodiscard]] bool counts_moments(Schedule::Kind kind) noexcept;
// Whether the moment is one in which nothing is outstanding.
[[nodiscard]] bool is_pause(Schedule::Kind kind) noexcept;
// Whether the moment is found by following system calls, or by waiting for a process to be born.
[[nodiscard]] bool is_aimed(Schedule::Kind kind) noexcept;
// Whether it is a system call, which only a task brings about.
[[nodiscard]] bool is_at_calls(Schedule::Kind kind) noexcept;

// Whether a fault of this kind may come: of the script, where there is one, else of the schedules.
[[nodiscard]] bool asks_for(const RunOptions& options, FaultKind kind) noexcept;

// With fewer installed the run shows nothing: as the options say, or what the plan makes likely.
[[nodiscard]] std::uint64_t faults_demanded(const RunOptions& options);

// How many faults the plan holds; 0 where that depends on how long the tasks take.
[[nodiscard]] std::uint64_t count_planned(const RunOptions& options);

}  // namespace revenant::chaos
