// A pool of worker processes that loses no task, whenever and however often its workers are killed.
//
//   revenant::Pool pool([](std::string_view payload) { return work(payload); }, {.workers = 4});
//   pool.submit("some bytes", 17);
//   pool.drain(std::chrono::seconds(10), [](const revenant::Outcome& outcome) { … });
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "revenant/observer.h"
#include "revenant/options.h"
#include "revenant/outcome.h"
#include "revenant/worker.h"

namespace revenant {

class Supervisor;

enum class SubmitResult : std::uint8_t {
  accepted,
  full,       // queue_max or queue_bytes_max is reached: poll(), then try again
  too_large,  // the payload is over payload_bytes_max
  no_memory,  // the payload could not be copied
  stopped,    // the pool was shut down, or has stopped itself
};

[[nodiscard]] std::string_view to_string(SubmitResult result) noexcept;

// The supervisor's end of a pool.
//
// For every task that submit() accepted exactly one outcome is delivered, through poll(), drain()
// or shutdown(); a task may be executed more than once (attempts_max). A worker, or the nursery
// that forks them, may be killed, stopped, or exit at any instruction without a task being lost. If
// the process that holds the Pool dies, nothing of it stays alive.
//
// One thread drives a pool: all calls from that thread, or one at a time under the caller's lock.
// The pool has no thread of its own that runs the caller's code: nothing is delivered, moved on or
// restarted outside of these calls, while workers run on with what is in their rings. Must not be
// used by a child that fork() made of the caller.
class Pool {
 public:
  // Forks the nursery and asks for the workers; does not wait for them. Cheapest when called early,
  // while the program is small and has one thread. Throws std::invalid_argument (an option that
  // makes no sense) or std::system_error (no memory for the mailboxes, no descriptors, fork
  // refused), leaving nothing behind.
  explicit Pool(WorkerFunction function, PoolOptions options = {});
  Pool(Pool&&) noexcept;
  Pool& operator=(Pool&&) noexcept;
  // Kills the workers and waits until they are gone. Outcomes not delivered by then are dropped:
  // shutdown() first.
  ~Pool();

  // Takes a copy of the payload. Never blocks. `tag` comes back in the outcome; it need not be
  // unique.
  [[nodiscard]] SubmitResult submit(std::string_view payload, std::uint64_t tag = 0);

  // The same without the copy, which with large payloads costs more than all else: the bytes stay
  // the caller's, and have to stay alive and as they are until the task's outcome is delivered or
  // the pool destroyed. They count for queue_bytes_max all the same.
  [[nodiscard]] SubmitResult submit_lent(std::string_view payload, std::uint64_t tag = 0);

  // Delivers what outcomes there are, and does everything else that is due: recovery, restarts,
  // deadlines. If there are none, waits up to `timeout` for the first (negative: for ever; zero:
  // not at all). Returns how many it delivered; at once with 0 if nothing is open. It ends, with
  // some of each worker's results, also where the handler submits a task for each outcome.
  std::size_t poll(std::chrono::nanoseconds timeout, OutcomeHandler handler);

  // poll() until no task is open. False if `timeout` passed before; call again to go on.
  bool drain(std::chrono::nanoseconds timeout, OutcomeHandler handler);

  // No more tasks; finishes what is open until `timeout`, cancels the rest, ends the workers and
  // the nursery and waits for them. True if nothing had to be cancelled. The second call returns
  // true at once.
  bool shutdown(std::chrono::nanoseconds timeout, OutcomeHandler handler);

  // For the caller's own epoll or poll loop: readable when poll(0) has something to do.
  // Level-triggered; owned by the pool. From the first call on the pool arms it at the end of every
  // call.
  [[nodiscard]] int event_descriptor();

  // Accepted tasks whose outcome was not yet delivered.
  [[nodiscard]] std::size_t open_tasks() const noexcept;
  // Workers that are ready, spares included.
  [[nodiscard]] std::size_t workers_ready() const noexcept;
  // Whether the pool takes no more tasks: shut down, or stopped by restarts_max or
  // start_failures_max.
  [[nodiscard]] bool stopped() const noexcept;
  // Whether deaths are noticed early (PoolOptions::death_notice).
  [[nodiscard]] bool notices_early() const noexcept;

 private:
  std::unique_ptr<Supervisor> supervisor_;
};

}  // namespace revenant
