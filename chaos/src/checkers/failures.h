// The tasks that failed and should not have, and which of them a fault excuses.
#pragma once

#include <cstdint>
#include <vector>

#include "chaos/src/checkers/excuses.h"
#include "chaos/src/task_ledger.h"

namespace revenant::chaos {

class Failures {
 public:
  explicit Failures(const HistoryIndex& index) : excuses_(index) {}

  void on_outcome(const Outcome& outcome);

  // With the first few of each, in the order in which it happened: the early ones have the first
  // claim on an excuse.
  struct Some {
    std::uint64_t count = 0;
    std::vector<Outcome> first;
    void add(const Outcome& outcome);
  };
  [[nodiscard]] const Some& all() const noexcept { return all_; }
  [[nodiscard]] const Some& innocent() const noexcept { return innocent_; }
  // What is left of the excuses.
  [[nodiscard]] const Excuses& excuses() const noexcept { return excuses_; }

 private:
  Excuses excuses_;
  Some all_;
  Some innocent_;
};

}  // namespace revenant::chaos
