// Measuring several things in one run so that they can be compared.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace revenant::bench::goals {

using Series = std::vector<double>;  // one value a round

// Measures one thing once and keeps the value. An exception ends the comparison.
struct Arm {
  std::string name;
  std::function<void()> measure;
};

// Measures every arm once a round. The order is drawn anew every other round, and the round between
// goes through it backwards: A B C, C B A, then another. What drifts slowly falls on all alike.
// Says on the terminal's standard error which arm of which round it is at.
void interleave(const std::vector<Arm>& arms, unsigned rounds);

}  // namespace revenant::bench::goals
