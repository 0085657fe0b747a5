// The pool's events, for logs, benchmarks and tests.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace revenant {

enum class EventKind : std::uint8_t {
  nursery_started,  // pid
  nursery_died,     // pid; its workers die with it and every unfinished task is moved on
  nursery_failed,   // error: fork() of the nursery was refused, or its descriptors were not to be
                    // had
  spawn_asked,      // slot, generation: the nursery was asked for a worker
  spawned,          // slot, generation, pid: the process exists
  spawn_failed,  // slot, generation, error: fork() was refused, or no descriptor was left for the
                 // pidfd
  ready,         // slot, generation, pid: it can take tasks
  dispatched,    // slot, pid, tag: the task was written to this worker's ring
  outcome,       // slot, pid, tag: the outcome is about to be delivered
  died_early,    // slot, pid: the early notice; its rings are final
  died_final,    // slot, pid: the final notice; status as from waitpid, -1 where nobody could say
  blamed,  // slot, pid, tag: this task was running on the dead worker; its attempt count has grown
  // slot, pid, tag: this task was taken from the worker and waits for another. Of a dead worker's
  // tasks the newest comes first; also of a living worker that is stuck, without a death.
  moved_on,
  past_deadline,    // slot, pid, tag: the worker was killed for it
  start_timed_out,  // slot, pid: killed, not having become ready within start_timeout
  recycled,         // slot, pid: asked to leave after its share of tasks or memory
  promoted,         // slot, pid: a spare took a dead worker's place
  corrupt,          // slot, pid: its results made no sense; it is killed, and treated as dead
  stopped,          // the pool stopped itself: restarts_max or start_failures_max was reached
};

[[nodiscard]] std::string_view to_string(EventKind kind) noexcept;

struct Event {
  EventKind kind = EventKind::stopped;
  std::chrono::steady_clock::time_point
      at;  // CLOCK_MONOTONIC; for died_early the moment the notice came
  int slot = -1;
  std::uint32_t generation = 0;  // which of the workers that have filled the slot, from 1
  pid_t pid = -1;
  std::uint64_t tag = 0;
  int status = -1;
  int error = 0;  // errno
};

// Called on the thread that drives the pool, from within submit(), poll(), drain() or shutdown(),
// as the event is dealt with. It must not call the pool and must not throw.
using Observer = std::function<void(const Event&)>;

}  // namespace revenant
