#include "bench/src/utilisation/work.h"

#include <algorithm>
#include <random>

#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

constexpr Turns kTried = 1'000'000;
constexpr int kTries = 15;
constexpr unsigned kBatchSeed = 5;

double nanoseconds_a_turn() {
  auto best = std::chrono::nanoseconds::max();
  for (int i = 0; i < kTries; ++i) {
    const os::TimePoint begin = os::now();
    spin_turns(kTried);
    best = std::min(best, os::now() - begin);
  }
  return static_cast<double>(best.count()) / static_cast<double>(kTried);
}

}  // namespace

void spin_turns(Turns turns) {
  // Each turn needs the one before, and the compiler cannot know the result.
  std::uint64_t state = turns | 1;
  for (Turns i = 0; i < turns; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    asm volatile("" : "+r"(state));
  }
}

Turns turns_for(std::chrono::nanoseconds time) {
  static const double a_turn = nanoseconds_a_turn();
  return static_cast<Turns>(static_cast<double>(time.count()) / a_turn);
}

std::vector<Turns> make_batch(const Mix& mix, std::size_t count) {
  std::vector<Turns> batch(count, turns_for(mix.usual));
  if (mix.one_in == 0) return batch;
  const Turns other = turns_for(mix.other);
  for (std::size_t i = 0; i < count; i += mix.one_in) batch[i] = other;
  std::mt19937 random(kBatchSeed);
  for (std::size_t left = count; left > 1; --left) {
    std::swap(batch[left - 1], batch[random() % left]);
  }
  return batch;
}

}  // namespace revenant::bench
