// Random numbers that are the same on every machine for the same seed: xoshiro256**, seeded by
// splitmix64. The standard library's distributions are not, so those needed stand here.
//
// Pure: no clock, no system call. One thread at a time.
#pragma once

#include <array>
#include <cstdint>

namespace revenant::chaos {

// What a stream of numbers is for. Streams of one seed are independent: drawing one more payload
// does not move a fault.
enum class RandomStream : std::uint64_t { plan = 1, workload = 2, system_calls = 3 };

class Random {
 public:
  // `lane` tells streams of the same purpose apart: one for each schedule.
  Random(std::uint64_t seed, RandomStream stream, std::uint64_t lane = 0) noexcept;

  std::uint64_t next() noexcept;
  // Uniform in [0, bound), bound > 0, without the bias of a modulo.
  std::uint64_t below(std::uint64_t bound) noexcept;
  // Uniform in [low, high].
  std::uint64_t between(std::uint64_t low, std::uint64_t high) noexcept;
  // Uniform in [0, 1), with 53 bits.
  double unit() noexcept;
  // The time to the next event of a Poisson process, in nanoseconds, rounded to whole microseconds
  // so that a libm that rounds the last bit of log() otherwise draws the same plan.
  std::int64_t poisson_interval_ns(double events_per_second) noexcept;

 private:
  std::array<std::uint64_t, 4> state_;
};

// A seed for a run that was given none, from the kernel.
[[nodiscard]] std::uint64_t draw_seed();

}  // namespace revenant::chaos
