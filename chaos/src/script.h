// The faults of a run that is over, as a list of places at which to repeat them.
#pragma once

#include <string>
#include <vector>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

// Of each fault that had an effect: what it was, after how many outcomes it came, whom it hit by
// the number of the worker, and the moment. Throws std::invalid_argument, naming the file, for a
// history that cannot be read.
[[nodiscard]] std::vector<ScriptedFault> script_of(const std::string& history_path);

}  // namespace revenant::chaos
