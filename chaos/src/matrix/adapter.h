// The rows of the matrix: pools, each made a target by a small program.
#pragma once

#include <string>
#include <vector>

namespace revenant::chaos {

struct Adapter {
  std::string name;
  std::vector<std::string> command;
  std::string folder = {};   // with verdicts.json and README.md; empty for this project's own pool
  std::string version = {};  // of what it runs, as it says itself
  std::string absent = {};   // not empty: why it cannot be run here
};

// This project's own pool, and every folder below `folder` that holds an executable pool.js,
// pool.py or pool.sh, in the order of their names; each is asked for its version, which takes some
// tenths of a second. `names` selects some; std::invalid_argument for one that is not there, and
// std::system_error where the folder cannot be read. `own` is this program.
[[nodiscard]] std::vector<Adapter> find_adapters(const std::string& folder, const std::string& own,
                                                 const std::vector<std::string>& names);

}  // namespace revenant::chaos
