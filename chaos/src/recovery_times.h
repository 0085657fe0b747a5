// How long the target took to recover, as far as its history lets that be seen.
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "chaos/src/history_index.h"
#include "chaos/src/strength.h"
#include "chaos/src/task_ledger.h"
#include "chaos/src/throughput.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// What tasks tell of it, taken down while they go by: memory grows with the faults.
class OutcomesAfterFaults {
 public:
  explicit OutcomesAfterFaults(const HistoryIndex& index);

  void on_given(Nanos t);
  void on_outcome(const Outcome& outcome);

  [[nodiscard]] std::vector<double> first_result_us(
      const std::vector<OpenTask>& never_answered) const;
  [[nodiscard]] const std::vector<double>& task_us() const noexcept { return task_us_; }

 private:
  struct Death {
    Nanos seen = 0;
    std::uint64_t given = 0;     // tasks until then
    std::uint64_t outcomes = 0;  // before then
    std::optional<Nanos> next_given = std::nullopt;
    std::optional<Nanos> next_result = std::nullopt;
  };
  void match_with_victim(const Outcome& outcome);

  std::vector<Death> deaths_;  // by `seen`; of the first …
  std::size_t with_given_ = 0;
  std::size_t with_outcomes_ = 0;
  std::size_t with_result_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t outcomes_ = 0;
  // `sent` and `seen` of the victims that no task is matched with yet, by the time of the signal.
  std::set<std::pair<Nanos, Nanos>> victims_;
  std::vector<double> task_us_;
};

// All of faults that ended a worker, from t1, when the death was visible (the pidfd was readable):
//   detect         until the victim was reaped;
//   respawn        until a new worker filled its place (Strength says how they are matched); 0
//                  where that was so before the death was visible;
//   first_result   until any task had a result; where none was open, from the next submission;
//   task           until the result of the task that was on the victim. Seen only where results say
//                  how many attempts they took: one of several attempts is matched with the
//                  earliest victim since its submission that has no task yet, so it is at most that
//                  long;
//   full_capacity  until throughput was back; see full_capacity_times_us.
[[nodiscard]] RecoveryTimes measure_recovery(const HistoryIndex& index, const Strength& strength,
                                             const OutcomesAfterFaults& after_faults,
                                             const Production& production,
                                             const std::vector<OpenTask>& never_answered);

}  // namespace revenant::chaos
