// `revenant bench --goals`.
#pragma once

#include "bench/src/goals/goals.h"

namespace revenant::bench::goals {

// Whether the arguments ask for the goals: then run_goals_command() takes all of them.
[[nodiscard]] bool asks_for_goals(int argc, char** argv);

// Measures the goals that the arguments select, in this process, which must have one thread. Prints
// the table, or JSON, on standard output. argv[0] is the verb's full name. Returns the exit code: 0
// if every goal is met, 1 if one is not, could not be told or was not measured, 3 for wrong usage.
// Of `settings`, the effort is the arguments' to say.
int run_goals_command(int argc, char** argv, GoalSettings settings = {});

}  // namespace revenant::bench::goals
