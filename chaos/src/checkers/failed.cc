// `failed`: any task that the target gave up. `innocent-failed`: one that was on no killed worker.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

// An operation that never returns a value (die, hang) is meant to fail.
bool should_not_fail(const TaskRecord& task) {
  return task.state == TaskState::failed && task.has_want;
}

std::string story(const HistoryIndex& index, const TaskRecord& task, const char* end) {
  const std::string worker = task.worker > 0 ? fmt::format(" on worker {}", task.worker) : "";
  return fmt::format("task {} ({}), given at {}, failed at {}{}{}", task.id,
                     index.op_names[task.op], seconds(task.submitted), seconds(task.outcome_at),
                     worker, end);
}

// Gives out excuses: where the target names the worker, that worker must have been a victim before
// the task failed; else each victim excuses one task that was open when it was hit.
class Excuses {
 public:
  explicit Excuses(const HistoryIndex& index) {
    for (const InstalledFault& fault : index.faults) victims_.push_back({&fault, false});
    std::stable_sort(victims_.begin(), victims_.end(), [](const Victim& a, const Victim& b) {
      return a.fault->sent < b.fault->sent;
    });
  }

  bool excuse(const TaskRecord& task) {
    if (task.worker > 0) {
      return std::any_of(victims_.begin(), first_after(task.outcome_at),
                         [&](const Victim& v) { return v.fault->victim == task.worker; });
    }
    const auto end = first_after(task.outcome_at);
    auto victim = std::lower_bound(victims_.begin(), end, task.submitted,
                                   [](const Victim& v, Nanos t) { return v.fault->over_at() < t; });
    while (victim != end && victim->used) ++victim;
    if (victim == end) return false;
    return victim->used = true;
  }

 private:
  struct Victim {
    const InstalledFault* fault;
    bool used;
  };
  std::vector<Victim>::iterator first_after(Nanos t) {
    return std::upper_bound(victims_.begin(), victims_.end(), t,
                            [](Nanos at, const Victim& v) { return at < v.fault->sent; });
  }
  std::vector<Victim> victims_;
};

}  // namespace

std::optional<Finding> failed(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (index.failed == 0) return std::nullopt;
  Finding finding{.kind = FindingKind::failed};
  for (const std::uint32_t which : index.outcome_order) {
    const TaskRecord& task = index.tasks[which];
    if (!should_not_fail(task)) continue;
    add_example(finding, static_cast<std::int64_t>(task.id), story(index, task, ""));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation =
      fmt::format("{} of {} came back as `failed`; the claim is that each gets its result.",
                  grouped(finding.count), counted(index.tasks.size(), "task"));
  return finding;
}

std::optional<Finding> innocent_failed(const Evidence& evidence) {
  const HistoryIndex& index = evidence.index;
  if (index.failed == 0) return std::nullopt;
  Excuses excuses(index);
  Finding finding{.kind = FindingKind::innocent_failed};
  for (const std::uint32_t which : index.outcome_order) {
    const TaskRecord& task = index.tasks[which];
    if (!should_not_fail(task) || excuses.excuse(task)) continue;
    add_example(
        finding, static_cast<std::int64_t>(task.id),
        story(index, task,
              task.worker > 0 ? ", which no fault had hit" : " with no victim left to excuse it"));
  }
  if (finding.count == 0) return std::nullopt;
  finding.explanation =
      fmt::format("{} of {} that failed had not been on a worker that a fault had hit.",
                  grouped(finding.count), counted(index.failed, "task"));
  return finding;
}

}  // namespace revenant::chaos::checkers
