// Who gave the first outcomes of a run, and who the last.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "chaos/src/history_index.h"
#include "chaos/src/strength.h"
#include "chaos/src/task_ledger.h"

namespace revenant::chaos {

// How many outcomes are enough to see that somebody gets none; 0 where that cannot be seen: tasks
// take no time, or there are no workers to compare, or no faults.
[[nodiscard]] std::size_t fairness_window(const HistoryIndex& index, const Strength& strength);

class FirstAndLast {
 public:
  explicit FirstAndLast(std::size_t window) : window_(window) {}

  void on_outcome(const Outcome& outcome, std::uint64_t outstanding_max);

  struct Answer {
    pid_t worker = -1;
    Nanos at = 0;
  };
  using Window = std::vector<Answer>;
  [[nodiscard]] std::size_t window() const noexcept { return window_; }
  [[nodiscard]] const Window& first() const noexcept { return first_; }
  // The last ones before the queue was drained, when not everyone is needed. Empty where there were
  // too few, or where the queue grew so late that they are forgotten.
  [[nodiscard]] Window last(std::uint64_t outstanding_max) const;

 private:
  std::size_t window_;
  std::uint64_t outcomes_ = 0;
  Window first_;
  std::deque<Answer> latest_;
};

}  // namespace revenant::chaos
