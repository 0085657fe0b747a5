// A run that is over, as its folder tells it: what was asked for, and what was found.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

struct RecordedRun {
  std::string folder;
  std::vector<std::string> arguments;  // behind the verb `chaos`
  RunOptions options;                  // the same, understood
  bool uses_own_pool = false;
  std::string verdict;
  std::vector<std::string> findings;  // their words, in the order of the verdict
  std::uint64_t tasks = 0;            // that were given
  std::vector<ScriptedFault> script;  // the faults that had an effect
};

// std::invalid_argument, naming the file and what is wrong with it.
[[nodiscard]] RecordedRun read_recorded_run(const std::string& folder);

// The command line of the same run with these faults at these places instead of its schedules.
[[nodiscard]] std::string command_of(const RecordedRun& run, const RunOptions& options);

}  // namespace revenant::chaos
