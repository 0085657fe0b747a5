// A std::future for every task, for programs that think in futures.
//
//   revenant::Futures futures{revenant::Pool(work, {.workers = 4})};
//   std::future<std::string> answer = futures.submit("some bytes");
//   futures.wait(answer);          // drives the pool until it is there
//   use(answer.get());
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "revenant/outcome.h"
#include "revenant/pool.h"

namespace revenant {

// What a future throws whose task has an outcome other than `completed`. what() is the outcome's
// text.
class TaskFailed : public std::runtime_error {
 public:
  explicit TaskFailed(const Outcome& outcome);

  [[nodiscard]] OutcomeKind kind() const noexcept { return kind_; }
  [[nodiscard]] Reason reason() const noexcept { return reason_; }
  [[nodiscard]] unsigned attempts() const noexcept { return attempts_; }

 private:
  OutcomeKind kind_;
  Reason reason_;
  unsigned attempts_;
};

// What a future throws whose task the pool did not take: it has not been executed.
class TaskRefused : public std::runtime_error {
 public:
  explicit TaskRefused(SubmitResult result);

  [[nodiscard]] SubmitResult result() const noexcept { return result_; }

 private:
  SubmitResult result_;
};

// A pool whose outcomes arrive in futures. Every future gets a value or an exception: also when the
// pool stops itself, is shut down, or this object is destroyed (then TaskFailed, `cancelled`).
//
// As a Pool, one thread drives it: submit(), poll(), wait(), drain() and shutdown() on that thread.
// It has no thread that does so meanwhile: get() and wait() of a future that is not ready, called
// on the driving thread, never return; call wait() or poll() of this object first. The futures
// themselves may be handed to any thread, and outlive this object.
class Futures {
 public:
  explicit Futures(Pool pool) noexcept : pool_(std::move(pool)) {}
  Futures(Futures&&) noexcept = default;
  Futures& operator=(Futures&& other) noexcept;
  // Cancels what is open, kills the workers and waits until they are gone.
  ~Futures();

  // Takes a copy of the payload. Never blocks, and never throws for what the pool answers: where it
  // takes no task (full, too large, no memory, stopped) the future holds TaskRefused.
  [[nodiscard]] std::future<std::string> submit(std::string_view payload);

  // As Pool::poll(): makes ready what there is, waiting up to `timeout` (negative: for ever) for
  // the first. Returns how many became ready.
  std::size_t poll(std::chrono::nanoseconds timeout);

  // Drives the pool until `future`, one of this object's own, is ready. False if `timeout` passed
  // before (negative: for ever), or if nothing is open that could make it ready.
  bool wait(const std::future<std::string>& future,
            std::chrono::nanoseconds timeout = std::chrono::nanoseconds(-1));

  // As Pool::drain() and Pool::shutdown().
  bool drain(std::chrono::nanoseconds timeout);
  bool shutdown(std::chrono::nanoseconds timeout);

  // As Pool::event_descriptor(): readable when poll(0) has something to do.
  [[nodiscard]] int event_descriptor() { return pool_.event_descriptor(); }
  // For its counters; submit() and poll() are this object's.
  [[nodiscard]] const Pool& pool() const noexcept { return pool_; }

 private:
  void settle(const Outcome& outcome);
  void cancel_open() noexcept;

  Pool pool_;
  std::unordered_map<std::uint64_t, std::promise<std::string>> open_;  // by tag
  std::uint64_t next_tag_ = 0;
};

}  // namespace revenant
