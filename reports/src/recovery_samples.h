// How long a run's recoveries took, kill by kill, from its history.
//
// A distribution cannot be drawn from the four quantiles of verdict.json, so the times are taken
// from the history again, by the definitions that reports/FORMAT.md repeats from the harness.
// Whether they agree with the verdict is checked whenever both are there (disagreement_with).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "reports/src/deaths.h"
#include "reports/src/verdict_file.h"

namespace revenant::reports {

struct RecoverySeries {
  std::string name;              // detect, respawn, first_result, task
  std::vector<double> times_us;  // ascending, not empty
};

using RecoverySamples = std::vector<RecoverySeries>;  // without those that were never seen

// The value of rank ceil(q * n): one that was measured. `sorted` is not empty, 0 < q <= 1.
double quantile(const std::vector<double>& sorted, double q);

// Reads the history once more for what tasks tell, if there were kills at all: memory grows with
// the kills and the tasks open at once (at most kOpenTasksMax, else without first_result and task).
// Throws InputError if the file cannot be read.
RecoverySamples recovery_samples(const Deaths& deaths, const std::filesystem::path& history);

// A sentence for each stage whose number or median differs from the verdict's by more than
// rounding.
std::vector<std::string> disagreement_with(const Verdict& verdict, const RecoverySamples& samples);

inline constexpr std::size_t kOpenTasksMax = 4'000'000;

}  // namespace revenant::reports
