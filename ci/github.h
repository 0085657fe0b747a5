// What GitHub shows of a run beside its log: annotations, and the summary of the step.
//
// Made from junit.xml, so that any verb that writes one can have both.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ci/junit_reader.h"

namespace revenant::ci {

// GitHub drops a summary that is larger, and shows no more annotations of one step.
inline constexpr std::size_t kSummaryBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kAnnotationsMax = 10;

// Workflow commands, one a line: ::error for what failed, ::warning for what could not be decided.
// A test whose text says "At: FILE:LINE:COLUMN" is shown there. The last one counts the rest.
[[nodiscard]] std::string github_annotations(const std::vector<SuiteOutcome>& suites);

// Markdown: a table of the suites, then each test that did not pass with its text. At most
// `bytes_max` long; what does not fit is counted in a notice.
[[nodiscard]] std::string github_summary(const std::vector<SuiteOutcome>& suites,
                                         std::size_t bytes_max);

// Where the environment is a GitHub job (GITHUB_ACTIONS, GITHUB_STEP_SUMMARY): prints the
// annotations on standard error and appends to the summary. Elsewhere nothing. Returns what went
// wrong, or empty: it costs the summary, never the verdict.
[[nodiscard]] std::string tell_github(const std::string& junit_path);

}  // namespace revenant::ci
