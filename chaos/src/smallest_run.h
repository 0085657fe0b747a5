// The smallest run that still shows a finding: fewest faults, then tasks or time, then workers.
//
// One thread, as run(). Each candidate is a run of its own, made several times.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

struct ShrinkLimits {
  unsigned tries = 3;  // of each candidate
  // The search is over then; what was found so far stands. A run that is under way is waited for,
  // unless its `interrupt_fd` ends it.
  std::chrono::steady_clock::time_point until;
};

// Told of each smaller run that still shows the finding, and first of the whole one.
using ShrinkProgress = std::function<void(const RunOptions& smaller)>;

struct Smallest {
  std::optional<RunOptions> run = std::nullopt;  // empty: the finding did not come back
  unsigned tried = 0;                            // repetitions of the whole run
};

// `start` is a repetition of a run that had the finding. Where it comes back in each of the first
// tries, a candidate has to show it in all of its own; else in one.
[[nodiscard]] Smallest smallest_run(const RunOptions& start, const std::string& finding,
                                    ShrinkLimits limits, const ShrinkProgress& progress);

// The same run for a search that makes many: a target that has lost a task is not waited for as
// long. Only for findings that are known before the wait is over. Pure.
[[nodiscard]] RunOptions in_a_hurry(RunOptions options, const std::string& finding);

}  // namespace revenant::chaos
