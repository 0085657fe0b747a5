#include "chaos/src/open_tasks.h"

namespace revenant::chaos {

std::uint64_t OpenTasks::open() {
  const std::uint64_t id = next_++;
  while (id / 64 >= first_word_ + words_.size()) words_.push_back(0);
  words_[id / 64 - first_word_] |= std::uint64_t{1} << (id % 64);
  ++count_;
  return id;
}

bool OpenTasks::is_open(std::uint64_t id) const noexcept {
  if (!was_given(id) || id / 64 < first_word_) return false;
  return (words_[id / 64 - first_word_] & (std::uint64_t{1} << (id % 64))) != 0;
}

bool OpenTasks::close(std::uint64_t id) noexcept {
  if (!is_open(id)) return false;
  words_[id / 64 - first_word_] &= ~(std::uint64_t{1} << (id % 64));
  --count_;
  // The last word is kept: ids of it are still to be given.
  while (words_.size() > 1 && words_.front() == 0) {
    words_.pop_front();
    ++first_word_;
  }
  return true;
}

}  // namespace revenant::chaos
