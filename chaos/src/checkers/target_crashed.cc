// The main process ended by itself when nothing had told it to, or said that it ended badly.
#include <fmt/format.h>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

std::optional<Finding> target_crashed(const Evidence& evidence) {
  if (evidence.target_end != TargetEnd::crashed) return std::nullopt;
  const HistoryIndex& index = evidence.index;
  const TargetExited& exited = *index.exited;
  std::string how = "ended";  // nobody tells how of a process that is no child of the harness
  if (exited.signal) how = fmt::format("was ended by signal {}", *exited.signal);
  if (exited.code) how = fmt::format("exited with code {}", *exited.code);
  const std::string when =
      index.exited_in_closing ? "after its input had ended" : "before its input ended";
  Finding finding{.kind = FindingKind::target_crashed};
  add_example(finding, exited.signal.value_or(exited.code.value_or(0)),
              fmt::format("it {} at {}", how, seconds(index.exited_at)));
  finding.explanation = fmt::format("The target's main process {} {}, with {} open.", how, when,
                                    counted(evidence.never_answered.size(), "task"));
  return finding;
}

}  // namespace revenant::chaos::checkers
