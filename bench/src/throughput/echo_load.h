// A closed loop of tasks through a pool: as soon as one has its outcome, the next is submitted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "revenant/pool.h"

namespace revenant::bench {

enum class Payloads : std::uint8_t { copied, lent };

// Each task's payload begins with a number that no other task of the load has, and its function
// must return these eight bytes. An outcome is right if its tag names a place in the window whose
// task is open, and its value is that task's number: a lost, repeated, swapped or corrupted result
// is seen at once. On the thread that drives the pool.
class EchoLoad {
 public:
  // `pool` outlives the load. Payloads have at least eight bytes. Where they are lent to the pool
  // (Pool::submit_lent) a task's number is that of its place among the open ones, and all of them
  // lie in one memory: it is read by one side alone, as a bare ring's is.
  EchoLoad(Pool& pool, std::size_t window, std::size_t payload_bytes,
           Payloads payloads = Payloads::copied);

  // Each returns whether all was right; if not, error() says what was not, and the load is over.
  [[nodiscard]] bool start();
  // Polls until `count` more outcomes have come. What came too much counts for the next call.
  [[nodiscard]] bool run(std::uint64_t count);
  // Forgets what came too much so far: a call to poll() may bring more outcomes than are open at a
  // time, for each of them submits another task. What came before a clock was started is not to be
  // counted under it.
  void begin_counting() noexcept { goal_ = delivered_; }
  // Polls once, for at most `timeout`. No outcome is not an error.
  [[nodiscard]] bool poll_once(std::chrono::nanoseconds timeout);
  // Submits no more, and waits for what is open.
  [[nodiscard]] bool finish();

  [[nodiscard]] const std::string& error() const noexcept { return error_; }
  // Outcomes so far, and those of them whose task a death had interrupted.
  [[nodiscard]] std::uint64_t delivered() const noexcept { return delivered_; }
  [[nodiscard]] std::uint64_t repeated() const noexcept { return repeated_; }

 private:
  void submit(std::size_t place);
  SubmitResult submit_number(std::size_t place, std::uint64_t number);
  void take(const Outcome& outcome);
  void fail(std::string why);

  Pool& pool_;
  const std::size_t payload_bytes_;
  const Payloads payloads_;
  std::string payload_;  // lent: that of each place begins eight bytes behind the one before
  std::vector<std::uint64_t> open_;  // the number of the task in each place; 0: none
  std::uint64_t next_number_ = 1;
  std::uint64_t delivered_ = 0;
  std::uint64_t goal_ = 0;
  std::uint64_t repeated_ = 0;
  bool refill_ = true;
  std::string error_;
};

// The function for it.
void echo_number(std::string_view payload, std::string& value);

}  // namespace revenant::bench
