#include "bench/src/goals/arms.h"

#include <algorithm>
#include <numeric>
#include <random>

#include "bench/src/progress.h"

namespace revenant::bench::goals {
namespace {

constexpr unsigned kOrderSeed = 7;

// Not std::shuffle, whose order differs between libraries.
void shuffle(std::vector<std::size_t>& order, std::mt19937& random) {
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1], order[random() % left]);
  }
}

}  // namespace

void interleave(const std::vector<Arm>& arms, unsigned rounds) {
  std::mt19937 random(kOrderSeed);
  std::vector<std::size_t> order(arms.size());
  std::iota(order.begin(), order.end(), 0);
  for (unsigned round = 0; round < rounds; ++round) {
    if (round % 2 == 0) {
      shuffle(order, random);
    } else {
      std::reverse(order.begin(), order.end());
    }
    for (const std::size_t arm : order) {
      const ProgressLine progress("round " + std::to_string(round + 1) + " of " +
                                  std::to_string(rounds) + ": " + arms[arm].name);
      arms[arm].measure();
    }
  }
}

}  // namespace revenant::bench::goals
