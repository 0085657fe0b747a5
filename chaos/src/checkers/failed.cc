// `failed`: any task that the target gave up. `innocent-failed`: one that was on no killed worker.
#include <fmt/format.h>

#include <string_view>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

void add_each(const Evidence& evidence, const Failures::Some& some, std::string_view end_of_named,
              std::string_view end_of_others, Finding& finding) {
  for (const Outcome& task : some.first) {
    const bool named = task.worker > 0;
    add_example(
        finding, static_cast<std::int64_t>(task.id),
        fmt::format("task {} ({}), given at {}, failed at {}{}{}", task.id,
                    evidence.tasks.ledger.name_of(task.op), seconds(task.submitted),
                    seconds(task.at), named ? fmt::format(" on worker {}", task.worker) : "",
                    named ? end_of_named : end_of_others));
  }
  finding.count = some.count;
}

}  // namespace

std::optional<Finding> failed(const Evidence& evidence) {
  const Failures::Some& all = evidence.tasks.failures.all();
  if (all.count == 0) return std::nullopt;
  Finding finding{.kind = FindingKind::failed};
  add_each(evidence, all, "", "", finding);
  finding.explanation =
      fmt::format("{} of {} came back as `failed`; the claim is that each gets its result.",
                  grouped(finding.count), counted(evidence.tasks.ledger.given(), "task"));
  return finding;
}

std::optional<Finding> innocent_failed(const Evidence& evidence) {
  const Failures::Some& innocent = evidence.tasks.failures.innocent();
  if (innocent.count == 0) return std::nullopt;
  Finding finding{.kind = FindingKind::innocent_failed};
  add_each(evidence, innocent, ", which no fault had hit", " with no victim left to excuse it",
           finding);
  finding.explanation =
      fmt::format("{} of {} that failed had not been on a worker that a fault had hit.",
                  grouped(finding.count), counted(evidence.tasks.ledger.failed(), "task"));
  return finding;
}

}  // namespace revenant::chaos::checkers
