#include "chaos/src/random.h"

#include <sys/random.h>

#include <bit>
#include <cmath>

#include "pool/os/check.h"
#include "pool/os/clock.h"

namespace revenant::chaos {
namespace {

std::uint64_t splitmix64(std::uint64_t& state) noexcept {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// The 128-bit product is an extension that both supported compilers have.
__extension__ typedef unsigned __int128 Product;

}  // namespace

Random::Random(std::uint64_t seed, RandomStream stream, std::uint64_t lane) noexcept {
  std::uint64_t mixer = seed;
  // Adding the stream to the seed would give seed 1's plan and seed 2's workload the same numbers.
  mixer = splitmix64(mixer) ^ static_cast<std::uint64_t>(stream) ^ (lane << 8);
  for (auto& word : state_) word = splitmix64(mixer);
}

std::uint64_t Random::next() noexcept {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint64_t Random::below(std::uint64_t bound) noexcept {
  REVENANT_CHECK(bound > 0, "a number below zero does not exist");
  Product product = static_cast<Product>(next()) * bound;
  auto low = static_cast<std::uint64_t>(product);
  if (low < bound) {
    const std::uint64_t refused = (0 - bound) % bound;
    while (low < refused) {
      product = static_cast<Product>(next()) * bound;
      low = static_cast<std::uint64_t>(product);
    }
  }
  return static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t Random::between(std::uint64_t low, std::uint64_t high) noexcept {
  REVENANT_CHECK(low <= high, "the range of a draw is empty");
  return high - low == UINT64_MAX ? next() : low + below(high - low + 1);
}

double Random::unit() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::int64_t Random::poisson_interval_ns(double events_per_second) noexcept {
  const double seconds = -std::log1p(-unit()) / events_per_second;
  // A rate of one fault a year still has to fit.
  const double microseconds = std::fmin(std::round(seconds * 1e6), 1e15);
  return static_cast<std::int64_t>(microseconds) * 1000;
}

std::uint64_t draw_seed() {
  std::uint32_t seed = 0;  // 32 bits: short enough to be typed from a screen
  if (::getrandom(&seed, sizeof seed, 0) != sizeof seed) {
    seed = static_cast<std::uint32_t>(os::nanoseconds_of(os::now()));
  }
  return seed;
}

}  // namespace revenant::chaos
