// Histories made up by a seed: of a correct pool, simulated without any process, under random
// faults.
#pragma once

#include <cstdint>
#include <random>

#include "chaos/src/history.h"

namespace revenant::chaos {

struct Simulation {
  std::uint64_t seed = 0;
  std::string claim = "completes";
  bool stops = true;           // SIGSTOP among the faults, not kills alone
  bool give_up_tasks = false;  // the pool fails the task of a dead worker instead of doing it again
  bool name_workers = true;    // results and failures say who
};

// Deterministic: the same simulation gives the same history on every platform.
[[nodiscard]] History made_history(const Simulation& simulation);

// Uniform in [0, below); the standard's distributions differ between libraries.
[[nodiscard]] inline std::uint64_t draw(std::mt19937_64& random, std::uint64_t below) {
  return random() % below;
}

}  // namespace revenant::chaos
