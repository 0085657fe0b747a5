#include "chaos/src/open_tasks.h"

namespace revenant::chaos {

std::uint64_t OpenTasks::open() {
  const std::uint64_t id = next_++;
  while (id / 64 >= first_word_ + words_.size()) words_.push_back(0);
  words_[id / 64 - first_word_] |= std::uint64_t{1} << (id % 64);
  ++count_;
  return id;
}

bool OpenTasks::close(std::uint64_t id) noexcept {
  if (!was_given(id) || id / 64 < first_word_) return false;
  std::uint64_t& word = words_[id / 64 - first_word_];
  const std::uint64_t bit = std::uint64_t{1} << (id % 64);
  if ((word & bit) == 0) return false;
  word &= ~bit;
  --count_;
  // The last word is kept: ids of it are still to be given.
  while (words_.size() > 1 && words_.front() == 0) {
    words_.pop_front();
    ++first_word_;
  }
  return true;
}

}  // namespace revenant::chaos
