// A worker process, from fork to its end.
#pragma once

#include <cstdint>

#include "pool/os/time_slice.h"
#include "pool/src/nursery.h"

namespace revenant {

// What is the same for all workers. The nursery makes it once and they inherit it: a page that is
// first touched after a fork costs each of them a fault, and a copy where it is written.
struct Inheritance {
  int wake_fd = -1;  // the supervisor's eventfd, out of the way of the user's descriptors
  // A page that the kernel shows empty to every child of the process that has written to it
  // (MADV_WIPEONFORK, Linux 4.14).
  volatile std::uint64_t* mark = nullptr;
  // That of the program. The nursery shortens its own, and so every worker's until its first task:
  // on busy processors a birth would else wait for its turn at each step.
  os::TimeSlice slice;
};

// Nursery, once, before its first fork. Leaves every signal blocked, and with the disposition that
// it has in a worker. False where memory or descriptors are missing.
[[nodiscard]] bool prepare_inheritance(const NurseryContext& context, Inheritance& made) noexcept;

struct WorkerIdentity {
  const NurseryContext& context;
  const Inheritance& inherited;
  const char* name = "";
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
  bool stands_in = false;  // a spare, or a dead worker's replacement: its first task has waited
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
inline constexpr int kExitLeaveFailed = 75;   // on_worker_leave threw

}  // namespace revenant
