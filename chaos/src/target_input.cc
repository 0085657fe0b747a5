#include "chaos/src/target_input.h"

#include <unistd.h>

#include <cerrno>

namespace revenant::chaos {

TargetInput::Flush TargetInput::flush() noexcept {
  while (waiting() > 0) {
    const ssize_t wrote = ::write(fd_.get(), buffer_.data() + sent_, waiting());
    if (wrote < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return Flush::closed_by_target;  // EPIPE
      // Half of the buffer at a time is moved, so each byte is moved once in the mean.
      if (sent_ > buffer_.size() / 2) {
        buffer_.erase(0, sent_);
        sent_ = 0;
      }
      return Flush::some;
    }
    sent_ += static_cast<std::size_t>(wrote);
  }
  buffer_.clear();
  sent_ = 0;
  return Flush::all;
}

void TargetInput::close() noexcept {
  fd_.reset();
  buffer_.clear();
  buffer_.shrink_to_fit();
  sent_ = 0;
}

}  // namespace revenant::chaos
