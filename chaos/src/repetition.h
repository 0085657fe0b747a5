// Runs a recorded run again, with its faults tied to what the target does, and looks whether a
// finding comes back.
//
// One thread, as run(). Run folders are made below the recorded run's own and removed again.
#pragma once

#include <cstdint>
#include <string>

#include "chaos/src/recorded_run.h"

namespace revenant::chaos {

// The options of the recorded run with its faults as a script, bounded by its number of tasks.
// Where there were none, of a target without the protocol and without a probe, there is nothing but
// the clock to tie a fault to: the plan of the same seed, with as many faults, in the same time.
[[nodiscard]] RunOptions repetition_of(const RecordedRun& run);

// With so many tasks, fewer than before, and its faults at the same part of the run: one that came
// after an outcome still does. Pure.
[[nodiscard]] RunOptions with_tasks(const RunOptions& repetition, std::uint64_t tasks);

// "3 faults, 40 tasks" or "3 faults, 2.5 s".
[[nodiscard]] std::string size_of(const RunOptions& repetition);

// What one repetition showed.
enum class Shown { finding, something_else, interrupted };
[[nodiscard]] Shown repeat_once(const RunOptions& options, const std::string& finding);

}  // namespace revenant::chaos
