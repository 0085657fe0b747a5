// A scenario file: runs of one verb, with what is demanded of each.
//
//     tasks = 20000                            # before the first [[run]]: holds for every run
//     [[run]]
//     name = "four workers under fire"
//     schedule = "poisson:50"
//     matrix = { pool_workers = [1, 4, 16] }   # a run for each combination of values
//     thresholds = ["task.p99 < 50ms"]
//
// Keys are the verb's options with _ for -. What is given on the command line replaces the file's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chaos/src/scenario/place.h"
#include "chaos/src/scenario/setting.h"
#include "chaos/src/scenario/threshold.h"
#include "chaos/src/scenario/vocabulary.h"

namespace revenant::chaos {

struct Demand {
  Threshold threshold;
  Place place = {};  // without a file: `verdict == pass`, which is demanded where none names it
};

struct PlannedRun {
  std::string name;  // with the values of the matrix
  Place place;
  std::vector<Setting> settings;       // of the file, without those that are overridden
  std::vector<std::string> arguments;  // of the verb: the file's, then those of the command line
  std::vector<Demand> demands;
};

struct Scenario {
  std::string file;
  std::vector<PlannedRun> runs;
};

// `arguments` are those of the command line, without --scenario. Pure. ScenarioError for whatever
// is wrong with the text, thresholds that can never hold included.
[[nodiscard]] Scenario parse_scenario(std::string_view text, const std::string& file,
                                      const Vocabulary& vocabulary,
                                      const std::vector<std::string>& arguments);

// That of the file. std::invalid_argument, naming the path, where it cannot be read.
[[nodiscard]] Scenario read_scenario(const std::string& file, const Vocabulary& vocabulary,
                                     const std::vector<std::string>& arguments);

// "fire" for "ci/fire.toml": names the folder of its runs.
[[nodiscard]] std::string scenario_name(const std::string& file);

// The verb refused the arguments of a run, with a text that begins with the option ("--tasks 0:
// …"). The place of that option's value in the file; of the run where the option is not from there.
[[nodiscard]] Place place_of_refusal(const PlannedRun& run, std::string_view refusal);

// Takes --scenario FILE or --scenario=FILE out of `arguments`, up to the `--`. Empty if it is not
// there; std::invalid_argument where FILE is missing.
[[nodiscard]] std::optional<std::string> take_scenario_option(std::vector<std::string>& arguments);

}  // namespace revenant::chaos
