// Whether the run can support a verdict at all: cut_short, nothing_finished, too_few_faults.
#include <fmt/format.h>

#include <algorithm>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> cut_short(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (index.is_complete() && index.has_run) return std::nullopt;
  Finding finding{.kind = FindingKind::cut_short};
  std::string what = "The history has no beginning: it does not say what was claimed.";
  if (index.has_run) {
    what = index.ended ? fmt::format("The run was cut short ({})", index.ended->why)
                       : "The history ends in the middle of the run";
    what += fmt::format("; {} had no outcome by then, which proves nothing.",
                        counted(evidence.never_answered.size(), "task"));
  }
  add_example(finding, 0, fmt::format("the last event is at {}", seconds(index.last_t)));
  finding.explanation = std::move(what);
  return finding;
}

std::optional<Finding> nothing_finished(const Evidence& evidence) {
  const TaskLedger& ledger = evidence.tasks.ledger;
  if (ledger.results() > 0) return std::nullopt;
  // Without a probe there is nothing to finish: the tree alone is judged.
  if (!evidence.index.run.without_protocol.empty() && ledger.given() == 0) return std::nullopt;
  // Where no task can have a result (die, hang), one that was given up has finished.
  if (!ledger.wants_a_result() && ledger.failed() > 0) return std::nullopt;
  Finding finding{.kind = FindingKind::nothing_finished};
  finding.count = 1;
  finding.explanation = fmt::format(
      "No task had a result: {} given, {} failed.",
      ledger.given() == 1 ? "1 was" : grouped(ledger.given()) + " were", grouped(ledger.failed()));
  return finding;
}

std::optional<Finding> too_few_faults(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  const std::uint64_t installed = index.faults.size();
  if (installed >= index.run.faults_min) return std::nullopt;
  Finding finding{.kind = FindingKind::too_few_faults};
  finding.count = 1;
  finding.explanation = fmt::format(
      "{} had an effect ({} found no victim, {} were not seen to take effect) and at least {} were "
      "demanded: run longer, fault more often, or check that --workers selects the workers.",
      counted(installed, "fault"), grouped(index.faults_skipped),
      grouped(index.faults_indeterminate), grouped(index.run.faults_min));
  return finding;
}

}  // namespace revenant::chaos::checkers
