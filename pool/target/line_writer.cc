#include "pool/target/line_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace revenant::target {
namespace {

constexpr std::size_t kKeptBytesMax = std::size_t{4} << 20;

}  // namespace

LineWriter::LineWriter(int fd) noexcept : fd_(fd), flags_before_(-1) {
  if (::isatty(fd_) != 0) return;
  flags_before_ = ::fcntl(fd_, F_GETFL);
  if (flags_before_ >= 0) ::fcntl(fd_, F_SETFL, flags_before_ | O_NONBLOCK);
}

LineWriter::~LineWriter() {
  if (flags_before_ >= 0) ::fcntl(fd_, F_SETFL, flags_before_);
}

LineWriter::Flush LineWriter::flush() noexcept {
  while (pending() > 0) {
    const ssize_t wrote = ::write(fd_, buffer_.data() + written_, pending());
    if (wrote >= 0) {
      written_ += static_cast<std::size_t>(wrote);
    } else if (errno == EAGAIN) {
      // A reader that stays slow must not make the written part pile up in front of the rest.
      if (written_ > pending()) {
        buffer_.erase(0, written_);
        written_ = 0;
      }
      return Flush::would_block;
    } else if (errno != EINTR) {
      return Flush::reader_gone;
    }
  }
  buffer_.clear();
  written_ = 0;
  if (buffer_.capacity() > kKeptBytesMax) std::string().swap(buffer_);
  return Flush::done;
}

}  // namespace revenant::target
