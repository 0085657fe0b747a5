// More workers get nothing at the end of the run than at its beginning.
//
// Spares get nothing by design, so what is compared is the number of those who got nothing: in the
// first outcomes of the run, before any fault, and in the last ones. It can be seen only where all
// workers are needed (tasks take time, and there are always more of them than workers) and results
// name their workers.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

// Those alive from the first to the last of these outcomes who had none of them.
std::vector<pid_t> starved(const HistoryIndex& index, const FirstAndLast::Window& outcomes) {
  std::unordered_set<pid_t> fed;
  for (const auto& outcome : outcomes) fed.insert(outcome.worker);
  std::vector<pid_t> found;
  for (const WorkerRecord& worker : index.workers) {
    const bool was_there = worker.seen_at <= outcomes.front().at &&
                           (!worker.gone_at || *worker.gone_at > outcomes.back().at);
    if (was_there && !worker.was_stopped && !fed.contains(worker.pid)) found.push_back(worker.pid);
  }
  return found;
}

bool names_all_workers(const FirstAndLast::Window& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(),
                     [](const auto& outcome) { return outcome.worker > 0; });
}

// The outcomes of a fast target are over in less time than a busy machine may keep a worker from
// its processor.
bool waited_in_vain(const Evidence& evidence, pid_t pid, const FirstAndLast::Window& outcomes) {
  constexpr Nanos kPatience = 250 * kMillisecond;
  const auto& answers = evidence.tasks.answers.of_each();
  const auto own = answers.find(pid);
  Nanos since = own == answers.end() ? 0 : own->second.last;
  for (const WorkerRecord& worker : evidence.index.workers) {
    if (worker.pid == pid) since = std::max(since, worker.seen_at);
  }
  return outcomes.back().at - since >= kPatience;
}

// Tasks that were lost keep their places among the outstanding ones, and feed nobody.
bool is_work_for_all(const Evidence& evidence) {
  const std::uint64_t lost = evidence.never_answered.size();
  return evidence.tasks.ledger.outstanding_max() >= lost + 2 * evidence.strength.at_start;
}

}  // namespace

std::string blindness_to_unfairness(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (index.faults.empty()) return "no fault";
  if (evidence.strength.at_start < 2) return "fewer than 2 workers";
  if (index.run.task_time == 0) return "tasks take no time";
  if (!is_work_for_all(evidence)) return "too few tasks open at once";
  const FirstAndLast& outcomes = evidence.tasks.first_and_last;
  const auto last = outcomes.last(evidence.tasks.ledger.outstanding_max());
  if (last.empty()) return "too few outcomes";
  if (!names_all_workers(outcomes.first()) || !names_all_workers(last)) {
    return "outcomes name no workers";
  }
  return index.faults.front().sent < outcomes.first().back().at ? "a fault came too early" : "";
}

std::optional<Finding> unfair(const Evidence& evidence) {
  if (!blindness_to_unfairness(evidence).empty()) return std::nullopt;
  const HistoryIndex& index = evidence.index;
  const std::size_t window = evidence.tasks.first_and_last.window();
  const FirstAndLast::Window& first = evidence.tasks.first_and_last.first();
  const FirstAndLast::Window last =
      evidence.tasks.first_and_last.last(evidence.tasks.ledger.outstanding_max());
  const std::size_t before = starved(index, first).size();
  std::vector<pid_t> after = starved(index, last);
  std::erase_if(after, [&](pid_t pid) { return !waited_in_vain(evidence, pid, last); });
  if (after.size() <= before) return std::nullopt;
  Finding finding{.kind = FindingKind::unfair};
  for (const pid_t pid : after) {
    add_example(finding, pid,
                fmt::format("worker {} had none of the last {}", pid, counted(window, "outcome")));
  }
  finding.explanation =
      fmt::format("{} lived and got nothing at the end of the run; before the first fault {} did.",
                  counted(after.size(), "worker"), before == 0 ? "none" : grouped(before));
  return finding;
}

}  // namespace revenant::chaos::checkers
