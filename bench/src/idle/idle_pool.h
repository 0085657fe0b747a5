// A pool with nothing to do, looked at from outside.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace revenant::bench {

struct IdlePool {
  std::uint64_t context_switches = 0;  // of all threads of all its processes
  std::size_t processes = 0;
};

// Makes a pool with so many workers and a spare in a process of its own, lets it run some thousand
// tasks, and leaves it as a program would that waits in poll() for the pool to have something to
// do. A second later it counts the context switches of supervisor, nursery and workers over `time`:
// every wake-up is one at least. Throws std::runtime_error.
[[nodiscard]] IdlePool watch_idle_pool(std::size_t workers, std::chrono::milliseconds time);

}  // namespace revenant::bench
