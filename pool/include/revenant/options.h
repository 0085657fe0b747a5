// How a pool is configured. Every limit has a name and a default.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "revenant/observer.h"

namespace revenant {

// How a death is noticed.
enum class DeathNotice : std::uint8_t {
  automatic,  // the early notice where this kernel and libc support it (tried at construction), and
              // the final one
  final_only,  // the pidfd alone
};

// Zero means "no limit" where a comment says so, and is refused elsewhere (std::invalid_argument,
// naming the field).
struct PoolOptions {
  // Workers that take tasks at the same time.
  std::size_t workers = 4;
  // Started, idle workers that take a dead one's place at once. Zero: none.
  std::size_t spares = 1;

  // How often a task may be begun. A task whose worker died under it that often is given up.
  unsigned attempts_max = 3;
  // A task that runs longer has its worker killed, and is then treated as at any death. Zero: no
  // deadline.
  std::chrono::nanoseconds deadline{0};

  // Accepted tasks without an outcome, and the bytes of their payloads: beyond either, submit()
  // answers `full`.
  std::size_t queue_max = 65'536;
  std::size_t queue_bytes_max = std::size_t{1} << 30;
  // The largest payload, and the largest result.
  std::size_t payload_bytes_max = std::size_t{64} << 20;
  // Each of the two rings of a worker; a power of two, at least 4096. Larger payloads pass in
  // fragments.
  std::size_t ring_bytes = std::size_t{128} << 10;
  // Tasks that may lie in a worker's ring, the running one included. The pool uses less for tasks
  // that take long.
  std::size_t prefetch_max = 256;

  // At most so many deaths in a period, else the pool stops: every open task is cancelled and
  // submit() answers `stopped`. Zero: 1024 for each worker and spare. As the restart intensity of
  // an OTP supervisor.
  std::size_t restarts_max = 0;
  std::chrono::nanoseconds restart_period = std::chrono::seconds(5);
  // After a start that failed (fork refused, dead before it was ready) the next one waits, twice as
  // long each time.
  std::chrono::nanoseconds backoff_first = std::chrono::milliseconds(10);
  std::chrono::nanoseconds backoff_max = std::chrono::seconds(1);
  // With no worker alive and so many starts failed in a row, the pool stops.
  std::size_t start_failures_max = 30;
  // A worker that is not ready by then is killed; counts as a failed start.
  std::chrono::nanoseconds start_timeout = std::chrono::seconds(10);

  // A worker is replaced after so many tasks, or when it is found larger. Zero: never.
  std::size_t recycle_after_tasks = 0;
  std::size_t recycle_above_bytes = 0;
  // A worker that was asked to leave, since it is recycled or the pool is shut down, and that lives
  // so long afterwards is killed.
  std::chrono::nanoseconds leave_timeout = std::chrono::seconds(5);

  DeathNotice death_notice = DeathNotice::automatic;

  // Runs in every new worker before it is ready. An exception, or an exit, is a failed start.
  std::function<void()> on_worker_start{};
  // Runs in a worker that leaves in good order (recycled, or the pool is shut down), on the thread
  // that ran its tasks, after the last of them; then the worker exits. It has leave_timeout. Not
  // for work that must be done: a worker that is killed or crashes, whose supervisor dies, or that
  // ~Pool ends without a shutdown() never comes to it. An exception is said on standard error.
  std::function<void()> on_worker_leave{};
  Observer observer{};
};

}  // namespace revenant
