// After an installed fault, full strength or the first outcome came later than recover_within.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

// A time in which at least one fault is in force: from the signal to its effect, for a stop to the
// SIGCONT. Overlapping faults are one. The target's clock starts where it ends, so the last of
// several faults counts and nobody is asked to recover while he is being hit.
struct Force {
  Nanos from = 0;
  Nanos over = 0;
  const InstalledFault* last = nullptr;
};

std::vector<Force> forces_of(const HistoryIndex& index) {
  std::vector<const InstalledFault*> faults;
  for (const InstalledFault& fault : index.faults) faults.push_back(&fault);
  std::stable_sort(faults.begin(), faults.end(),
                   [](const auto* a, const auto* b) { return a->sent < b->sent; });
  std::vector<Force> forces;
  for (const InstalledFault* fault : faults) {
    const Nanos over = std::max(fault->over_at(), fault->sent);
    if (forces.empty() || fault->sent > forces.back().over) {
      forces.push_back({fault->sent, over, fault});
    } else if (over >= forces.back().over) {
      forces.back().over = over;
      forces.back().last = fault;
    }
  }
  return forces;
}

void add_late_strength(const Evidence& evidence, Finding& finding) {
  const HistoryIndex& index = evidence.index;
  const Nanos bound = index.run.recover_within;
  const auto add = [&](const Vacancy& vacancy, const std::string& end) {
    const WorkerRecord& worker = index.workers[vacancy.worker];
    const InstalledFault& fault = index.faults[*vacancy.fault];
    add_example(finding, static_cast<std::int64_t>(fault.n),
                fmt::format("fault {} ({}) ended worker {} at {}; {}", fault.n, fault.fault,
                            worker.pid, seconds(vacancy.since), end));
  };
  for (const Vacancy& vacancy : evidence.strength.vacancies) {
    if (!vacancy.fault || !vacancy.filled_at) continue;
    const Nanos took = *vacancy.filled_at - fillable_since(evidence, vacancy);
    if (took > bound) add(vacancy, fmt::format("its place was filled after {}", duration(took)));
  }
  // Places that stay empty are `shrunk`, but only a calm phase can show that.
  if (index.began(Phase::calm)) return;
  for (const Vacancy* vacancy : never_filled(evidence)) {
    if (vacancy->fault) add(*vacancy, "its place was still empty when the run ended");
  }
}

void add_late_outcome(const Evidence& evidence, const Quiet& quiet,
                      const std::vector<Force>& forces, Finding& finding) {
  const RunStarted& run = evidence.index.run;
  auto force = std::lower_bound(forces.begin(), forces.end(), quiet.last_outcome,
                                [](const Force& f, Nanos t) { return f.over < t; });
  for (; force != forces.end() && force->over < quiet.to; ++force) {
    const auto next = std::next(force);
    const Nanos from = std::max(force->over, quiet.from);
    const Nanos to = next == forces.end() ? quiet.to : std::min(next->from, quiet.to);
    if (to - from <= run.recover_within + run.task_time) continue;
    add_example(finding, static_cast<std::int64_t>(force->last->n),
                fmt::format("fault {} ({}) was over at {}; no task had an outcome for {} after "
                            "that, with {} open",
                            force->last->n, force->last->fault, seconds(force->over),
                            duration(to - from), counted(quiet.open, "task")));
  }
}

}  // namespace

std::optional<Finding> slow_recovery(const Evidence& evidence) {
  Finding finding{.kind = FindingKind::slow_recovery};
  add_late_strength(evidence, finding);
  const std::vector<Force> forces = forces_of(evidence.index);
  for (const Quiet& quiet : evidence.quiets) {
    if (!is_stall(evidence, quiet)) add_late_outcome(evidence, quiet, forces, finding);
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation = fmt::format(
      "{} full strength or the first outcome took longer than {} to come back.",
      finding.count == 1 ? "After 1 fault" : "After " + grouped(finding.count) + " faults",
      duration(evidence.index.run.recover_within));
  return finding;
}

}  // namespace revenant::chaos::checkers
