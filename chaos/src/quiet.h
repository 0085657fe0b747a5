// Times in which the target owed an answer and gave none.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chaos/src/task_ledger.h"

namespace revenant::chaos {

// From the last outcome, or from the submission if nothing was open before, to the next outcome.
// Only tasks that were answered in the end are waited for here: a task that never is, is the
// business of `lost` and `stalled`, and must not make every wait after it endless.
struct Quiet {
  Nanos from = 0;
  Nanos to = 0;
  Nanos last_outcome = 0;      // before `from`; the same if there was no pause in the load
  std::uint64_t open = 0;      // tasks waited for at the end of it
  std::uint64_t ended_by = 0;  // id of the task whose outcome ended it
};

// Finds those longer than `longer_than`, while tasks and outcomes go by. Which tasks are never
// answered is known only at the end, so a long time between two outcomes is kept until then.
class QuietTimes {
 public:
  explicit QuietTimes(Nanos longer_than) : longer_than_(longer_than) {}

  void on_given() { ++given_; }
  void on_outcome(const Outcome& outcome);

  // In order. `never_answered`: what was open at the end, in the order in which it was given.
  [[nodiscard]] std::vector<Quiet> found(const std::vector<OpenTask>& never_answered) const;

 private:
  struct Gap {
    Nanos from = 0;  // the outcome before
    Nanos to = 0;
    std::uint64_t given_before = 0;  // until `from`; tasks from this number on came in the gap
    std::uint64_t given_by_its_end = 0;
    std::uint64_t outcomes_before = 0;
    std::optional<Nanos> first_given = std::nullopt;  // of those given in it that were answered
    std::uint64_t ended_by = 0;
  };
  void note_given_in_gap(const Outcome& outcome);

  Nanos longer_than_;
  std::vector<Gap> gaps_;
  Nanos last_outcome_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t given_at_last_outcome_ = 0;
  std::uint64_t outcomes_ = 0;
};

// How many of these were given before the task of this number.
[[nodiscard]] std::uint64_t given_before(const std::vector<OpenTask>& tasks, std::uint64_t number);

}  // namespace revenant::chaos
