// Tasks a second of anything that has run(count) and error().
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>

#include "pool/os/clock.h"

namespace revenant::bench::goals {

// Runs slices for so long, after one that is not counted. Throws std::runtime_error with the
// stream's error.
template <typename Stream>
[[nodiscard]] double tasks_per_second(Stream& stream, std::uint64_t slice, double seconds) {
  if (!stream.run(slice)) throw std::runtime_error(stream.error());
  const os::TimePoint begin = os::now();
  std::uint64_t done = 0;
  std::chrono::duration<double> took{};
  do {
    if (!stream.run(slice)) throw std::runtime_error(stream.error());
    done += slice;
    took = os::now() - begin;
  } while (took.count() < seconds);
  return static_cast<double>(done) / took.count();
}

}  // namespace revenant::bench::goals
