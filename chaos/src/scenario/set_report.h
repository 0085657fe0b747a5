// What became of a scenario: every run, every threshold, and one verdict for all.
//
// Pure but for write_set_files().
#pragma once

#include <string>
#include <vector>

#include "chaos/src/junit.h"
#include "chaos/src/scenario/scenario.h"
#include "chaos/src/scenario/threshold_result.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

struct RunReport {
  std::string name;
  std::string folder;     // of the run, or its file
  std::string reproduce;  // the command that makes this run alone
  std::vector<ThresholdResult> thresholds;
  JunitSuite findings;  // what the run's own verdict rests on; empty where it counts for nothing
};

struct SetReport {
  std::string verb;  // "chaos"
  std::string scenario;
  std::string folder;
  std::vector<RunReport> runs;
  std::size_t runs_planned = 0;  // more than there are: it was interrupted
};

[[nodiscard]] std::vector<ThresholdResult> judge_demands(const PlannedRun& run,
                                                         const FigureCatalogue& catalogue,
                                                         const Measurements& measured);

// The worst of its thresholds; of a set the worst of its runs, and no better than unknown if some
// were not made.
[[nodiscard]] Ruling ruling_of(const RunReport& run);
[[nodiscard]] Ruling ruling_of(const SetReport& set);

struct SetTextStyle {
  bool colour = false;
};
// A line a threshold: held, BROKEN or unknown, what was demanded, what was measured.
[[nodiscard]] std::string thresholds_text(const RunReport& run, SetTextStyle style);
// A line a run, and a line for each threshold that did not hold.
[[nodiscard]] std::string set_text(const SetReport& set, SetTextStyle style);
// The verdict and its reason on one line, for the end of the output.
[[nodiscard]] std::string last_line(const SetReport& set);

[[nodiscard]] std::string set_json(const SetReport& set);
// A suite a run, a case a finding that its claim demands and a case a threshold.
[[nodiscard]] std::vector<JunitSuite> junit_suites(const SetReport& set);

// scenario.json and junit.xml in the set's folder. What could not be written, in sentences.
[[nodiscard]] std::vector<std::string> write_set_files(const SetReport& set);

}  // namespace revenant::chaos
