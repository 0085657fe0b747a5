// What the samples of a run say: each peer beside this pool. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "bench/src/median_ratio.h"
#include "bench/src/peers/peers.h"

namespace revenant::bench::peers {

struct Comparison {
  std::string arm;
  std::string own_arm{};  // what it is held against
  Work work{};
  unsigned workers = 0;
  Estimate tasks_per_second{};
  // How many times as many tasks a second this pool does: pairs of the same round. {1, 1, 1} of
  // this pool's own arms; zeros where `error` says why there is none.
  Estimate ratio{};
  std::string error{};
};

// One for each cell, in their order.
[[nodiscard]] std::vector<Comparison> compare(const std::vector<Cell>& cells);

}  // namespace revenant::bench::peers
