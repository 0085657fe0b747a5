// `revenant chaos --scenario FILE.toml`: the runs of a scenario, one after the other.
#pragma once

#include <string>
#include <vector>

#include "chaos/src/chaos_command.h"
#include "chaos/src/scenario/vocabulary.h"

namespace revenant::chaos {

// The keys are the options of `revenant chaos` that say how a run is made, and its figures those of
// verdict.json.
[[nodiscard]] Vocabulary chaos_vocabulary();

// `arguments` are those behind the verb without --scenario. Everything is checked before the first
// run starts: UsageError, ScenarioError. A run that is interrupted is the last.
[[nodiscard]] CommandResult run_chaos_scenario(const std::string& file,
                                               const std::vector<std::string>& arguments);

}  // namespace revenant::chaos
