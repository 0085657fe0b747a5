// The goals for people.
#pragma once

#include <ostream>

#include "bench/src/effort.h"
#include "bench/src/goals/row.h"

namespace revenant::bench::goals {

// A line a row, printed as it comes.
class GoalsTable {
 public:
  GoalsTable(std::ostream& out, bool colour) : out_(out), colour_(colour) {}

  void head();
  void row(const Row& row);
  void summary(const Rows& rows, const Effort& effort);

 private:
  std::ostream& out_;
  bool colour_;
};

}  // namespace revenant::bench::goals
