// More workers get nothing at the end of the run than at its beginning.
//
// Spares get nothing by design, so what is compared is the number of those who got nothing: in the
// first outcomes of the run, before any fault, and in the last ones. It can be seen only where all
// workers are needed (tasks take time, and there are always more of them than workers) and results
// name their workers.
#include <fmt/format.h>

#include <unordered_set>
#include <vector>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

constexpr std::size_t kOutcomesAWorker = 15;

// Those alive from the first to the last of these outcomes who had none of them.
std::vector<pid_t> starved(const HistoryIndex& index, std::size_t begin, std::size_t end) {
  const Nanos from = index.tasks[index.outcome_order[begin]].outcome_at;
  const Nanos to = index.tasks[index.outcome_order[end - 1]].outcome_at;
  std::unordered_set<pid_t> fed;
  for (std::size_t i = begin; i < end; ++i) fed.insert(index.tasks[index.outcome_order[i]].worker);
  std::vector<pid_t> found;
  for (const WorkerRecord& worker : index.workers) {
    const bool was_there = worker.seen_at <= from && (!worker.gone_at || *worker.gone_at > to);
    if (was_there && !worker.was_stopped && !fed.contains(worker.pid)) found.push_back(worker.pid);
  }
  return found;
}

bool names_all_workers(const HistoryIndex& index, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (index.tasks[index.outcome_order[i]].worker <= 0) return false;
  }
  return true;
}

}  // namespace

std::optional<Finding> unfair(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  const std::uint64_t workers = evidence.strength.at_start;
  const std::size_t window = kOutcomesAWorker * workers;
  const std::size_t outcomes = index.outcome_order.size();
  if (index.run.task_time == 0 || workers < 2 || index.faults.empty()) return std::nullopt;
  if (outcomes < 2 * window || index.outstanding_max < 2 * workers) return std::nullopt;
  const Nanos first_ends = index.tasks[index.outcome_order[window - 1]].outcome_at;
  if (index.faults.front().sent < first_ends) return std::nullopt;
  // The last outcomes drain the queue, when not everyone is needed.
  const std::size_t last = outcomes - std::min<std::size_t>(index.outstanding_max, outcomes / 4);
  if (last < 2 * window || !names_all_workers(index, 0, window) ||
      !names_all_workers(index, last - window, last)) {
    return std::nullopt;
  }
  const std::size_t before = starved(index, 0, window).size();
  const std::vector<pid_t> after = starved(index, last - window, last);
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
