// Names by which a reader tells several runs apart.
#pragma once

#include <string>
#include <vector>

#include "reports/src/run_folder.h"

namespace revenant::reports {

// The words that all names begin with, where each has more behind them: the runs of a matrix differ
// in their last words. Empty for a single run. Pure.
std::string shared_beginning(const std::vector<const RunFolder*>& runs);

// One a run: its name, without what all of them begin with; with the number of its workers where
// that differs between the runs and the name does not say it; with its place where names are the
// same all the same. Pure.
std::vector<std::string> run_labels(const std::vector<const RunFolder*>& runs);

// An option or a fact that is not the same in all runs.
struct Difference {
  std::string name;
  std::vector<std::string> values;  // one a run, empty where the run does not say
};
// Of the options and of the machine, in the order of the files.
std::vector<Difference> differences(const std::vector<const RunFolder*>& runs);

}  // namespace revenant::reports
