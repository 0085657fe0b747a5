// What the checkers ask about tasks, gathered in one pass over their events.
//
// The rest of the history is known beforehand (history_index.h). Ten million events are ordinary,
// so memory grows with what is rare: open tasks, faults, workers, and the seconds of the run.
#pragma once

#include <cstdint>
#include <map>

#include "chaos/src/checkers/answers.h"
#include "chaos/src/checkers/failures.h"
#include "chaos/src/checkers/first_and_last.h"
#include "chaos/src/history_index.h"
#include "chaos/src/id_set.h"
#include "chaos/src/quiet.h"
#include "chaos/src/recovery_times.h"
#include "chaos/src/strength.h"
#include "chaos/src/task_ledger.h"
#include "chaos/src/throughput.h"

namespace revenant::chaos {

// What the workers recorded themselves, where executions are checked.
struct ExecutionRecord {
  IdSet done;
  std::map<std::uint64_t, std::uint32_t> again;  // how often, of those done more than once
};

class TaskAccount {
 public:
  // Both are of the same history, and outlive the account.
  TaskAccount(const HistoryIndex& index, const Strength& strength);

  // Events in the order of the file. Those that are not of tasks only tell the time.
  void add(const HistoryEvent& event);

  TaskLedger ledger;
  QuietTimes quiets;
  Production production;
  OutcomesAfterFaults after_faults;
  Failures failures;
  AnswersByWorker answers;
  FirstAndLast first_and_last;
  ExecutionRecord executions;
  Nanos last_outcome = 0;

 private:
  void on(const TaskSubmitted& task);
  void on(const TaskResult& result) { settle(ledger.take(result, last_t_)); }
  void on(const TaskFailed& failed) { settle(ledger.take(failed, last_t_)); }
  void on(const TaskExecuted& executed);
  template <typename Other>
  void on(const Other&) {}
  void settle(const std::optional<Outcome>& outcome);

  Nanos last_t_ = 0;
};

}  // namespace revenant::chaos
