// Which tasks have no outcome yet.
//
// Ids are given in order, from 1. Memory is one bit for each task from the oldest open one on, so
// it is flat in the length of a run while nothing is lost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

namespace revenant::chaos {

class OpenTasks {
 public:
  // The next id; it is open from now on.
  std::uint64_t open();
  // True if it was open: the first outcome of that task. False for a second outcome, and for an id
  // that was never given.
  bool close(std::uint64_t id) noexcept;

  [[nodiscard]] bool is_open(std::uint64_t id) const noexcept;
  [[nodiscard]] bool was_given(std::uint64_t id) const noexcept { return id >= 1 && id < next_; }
  [[nodiscard]] std::uint64_t given() const noexcept { return next_ - 1; }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }

 private:
  std::deque<std::uint64_t> words_;  // 64 ids each; word 0 holds the ids from 64 * first_word_ on
  std::uint64_t first_word_ = 0;
  std::uint64_t next_ = 1;
  std::size_t count_ = 0;
};

}  // namespace revenant::chaos
