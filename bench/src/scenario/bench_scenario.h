// `revenant bench --scenario FILE.toml`: the runs of a scenario, one after the other.
#pragma once

#include <string>
#include <vector>

#include "chaos/src/scenario/vocabulary.h"

namespace revenant::bench {

struct ScenarioResult {
  int exit_code = 0;
  std::string set_folder = {};  // with scenario.json; empty if there was no run
  std::string junit = {};       // junit.xml of all runs; empty if there was none
  std::string last_line = {};   // to be printed when everything else has been
};

// Its keys; the figures are those of `benchmarks`.
[[nodiscard]] chaos::Vocabulary bench_vocabulary(const std::vector<std::string>& benchmarks);

// `arguments` are those behind the verb without --scenario. Never throws: what is wrong with them
// or the file has been said on standard error, with the exit code 3.
[[nodiscard]] ScenarioResult run_bench_scenario(const std::string& file,
                                                const std::vector<std::string>& arguments);

}  // namespace revenant::bench
