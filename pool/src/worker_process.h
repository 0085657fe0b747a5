// A worker process, from fork to its end.
#pragma once

#include <cstdint>

#include "pool/src/nursery.h"

namespace revenant {

struct WorkerIdentity {
  const NurseryContext& context;
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
  pid_t nursery = -1;
};

// The child's entry after the nursery's fork. Leaves by _exit alone, whatever the user's function
// does; dies with the nursery.
[[noreturn]] void worker_main(const WorkerIdentity& identity) noexcept;

// Exit codes of the worker's own making, for the observer; the user's function may use any.
inline constexpr int kExitWithdrawn = 0;      // the supervisor no longer wanted it
inline constexpr int kExitStartFailed = 71;   // on_worker_start threw, or the lock was refused
inline constexpr int kExitCannotRing = 72;    // the function closed the descriptor of the bell
inline constexpr int kExitCorruptTasks = 73;  // something wrote over its task ring
inline constexpr int kExitThreadEnded = 74;   // the function ended the pool's thread

}  // namespace revenant
