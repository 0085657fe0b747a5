// Tasks of a known length, without a system call in them.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace revenant::bench {

// Turns of a loop that does nothing else.
using Turns = std::uint64_t;

void spin_turns(Turns turns);

// How many turns take so long on this machine: measured once, the quickest of several tries.
[[nodiscard]] Turns turns_for(std::chrono::nanoseconds time);

// So many tasks of `usual`, of which every `one_in`-th is one of `other`, in an order drawn from a
// fixed seed. Zero: none.
struct Mix {
  std::chrono::nanoseconds usual{};
  std::chrono::nanoseconds other{};
  unsigned one_in = 0;
};
[[nodiscard]] std::vector<Turns> make_batch(const Mix& mix, std::size_t count);

}  // namespace revenant::bench
