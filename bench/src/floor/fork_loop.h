// How fast a small process can fork.
#pragma once

#include <chrono>
#include <cstddef>

namespace revenant::bench {

// Forks so many children, one after the other, and waits until each has said that it is there; then
// it kills and reaps them. How long the first part took. Throws std::system_error (EAGAIN) and
// std::runtime_error (a child died).
[[nodiscard]] std::chrono::nanoseconds time_fork_loop(std::size_t processes);

}  // namespace revenant::bench
