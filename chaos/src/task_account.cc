#include "chaos/src/task_account.h"

#include <algorithm>

namespace revenant::chaos {
namespace {

// None shorter matters to any checker.
Nanos shortest_quiet(const RunStarted& run) {
  return std::min(run.recover_within, run.stall_after) + run.task_time;
}

}  // namespace

TaskAccount::TaskAccount(const HistoryIndex& index, const Strength& strength)
    : quiets(shortest_quiet(index.run)),
      production(index),
      after_faults(index),
      failures(index),
      first_and_last(fairness_window(index, strength)) {}

void TaskAccount::add(const HistoryEvent& event) {
  last_t_ = std::max(last_t_, event.t);
  std::visit([&](const auto& what) { on(what); }, event.what);
}

void TaskAccount::on(const TaskSubmitted& task) {
  if (!ledger.give(task, last_t_)) return;
  quiets.on_given();
  after_faults.on_given(last_t_);
}

void TaskAccount::on(const TaskExecuted& executed) {
  if (!executions.done.insert(executed.id))
    ++executions.again.try_emplace(executed.id, 1).first->second;
}

void TaskAccount::settle(const std::optional<Outcome>& outcome) {
  if (!outcome) return;
  last_outcome = outcome->at;
  quiets.on_outcome(*outcome);
  production.on_outcome(*outcome);
  after_faults.on_outcome(*outcome);
  failures.on_outcome(*outcome);
  answers.on_outcome(*outcome);
  first_and_last.on_outcome(*outcome, ledger.outstanding_max());
}

}  // namespace revenant::chaos
