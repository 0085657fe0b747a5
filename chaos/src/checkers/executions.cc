// Tasks that were done more often than once, or never although they have a result.
#include <fmt/format.h>

#include <bit>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {

namespace {

void add_times(const TaskAccount& tasks, Finding& finding) {
  for (const auto& [id, times] : tasks.executions.again) {
    if (!tasks.ledger.was_given(id)) continue;
    add_example(finding, static_cast<std::int64_t>(id),
                fmt::format("task {} was done {}", id, counted(times, "time")));
  }
}

void add_never_done(const TaskAccount& tasks, Finding& finding) {
  tasks.ledger.with_outcome().for_each_word([&](std::uint64_t word, std::uint64_t bits) {
    bits &= ~tasks.ledger.with_failure().bits_of(word) & ~tasks.executions.done.bits_of(word);
    for (; bits != 0; bits &= bits - 1) {
      const std::uint64_t id = 64 * word + static_cast<std::uint64_t>(std::countr_zero(bits));
      add_example(finding, static_cast<std::int64_t>(id),
                  fmt::format("task {} has a result and was never done", id));
    }
  });
}

}  // namespace

std::optional<Finding> executions(const Evidence& evidence) {
  const TaskAccount& tasks = evidence.tasks;
  const bool at_most = evidence.index.run.executions == "at-most-once";
  if (!at_most && evidence.index.run.executions != "at-least-once") return std::nullopt;
  Finding finding{.kind = FindingKind::executions};
  if (at_most) {
    add_times(tasks, finding);
  } else {
    add_never_done(tasks, finding);
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation =
      at_most ? fmt::format("{} of {} were done more than once; the claim is at most once.",
                            grouped(finding.count), counted(tasks.ledger.given(), "task"))
              : fmt::format("{} of {} have a result and were never done.", grouped(finding.count),
                            counted(tasks.ledger.given(), "task"));
  return finding;
}

}  // namespace revenant::chaos::checkers
