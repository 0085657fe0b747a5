// `failed`: any task that the target gave up. `innocent-failed`: one that was on no killed worker.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
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
    for (const InstalledFault& fault : index.faults) {
      const Nanos over = std::max(fault.over_at(), fault.sent);
      victims_.push_back({fault.sent, over, false});
      in_force_max_ = std::max(in_force_max_, over - fault.sent);
      const auto [known, is_new] = first_hit_.emplace(fault.victim, fault.sent);
      if (!is_new) known->second = std::min(known->second, fault.sent);
    }
    std::stable_sort(victims_.begin(), victims_.end(),
                     [](const Victim& a, const Victim& b) { return a.sent < b.sent; });
  }

  bool excuse(const TaskRecord& task) {
    if (task.worker > 0) {
      const auto hit = first_hit_.find(task.worker);
      return hit != first_hit_.end() && hit->second <= task.outcome_at;
    }
    auto victim = std::lower_bound(victims_.begin(), victims_.end(), task.submitted - in_force_max_,
                                   [](const Victim& v, Nanos t) { return v.sent < t; });
    for (; victim != victims_.end() && victim->sent <= task.outcome_at; ++victim) {
      if (!victim->used && victim->over >= task.submitted) return victim->used = true;
    }
    return false;
  }

 private:
  struct Victim {
    Nanos sent;
    Nanos over;
    bool used;
  };
  std::vector<Victim> victims_;  // by `sent`
  Nanos in_force_max_ = 0;
  std::unordered_map<pid_t, Nanos> first_hit_;
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
