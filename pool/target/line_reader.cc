#include "pool/target/line_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "pool/target/task_line.h"

namespace revenant::target {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;
constexpr std::size_t kReadBytesMin = std::size_t{64} << 10;  // what a pipe holds by default

}  // namespace

LineReader::Fill LineReader::fill() {
  make_room();
  const ssize_t got = ::read(fd_, buffer_.get() + end_, capacity_ - kLinePadding - end_);
  if (got > 0) {
    end_ += static_cast<std::size_t>(got);
    return Fill::some;
  }
  if (got == 0) return Fill::end;
  return errno == EAGAIN || errno == EINTR ? Fill::nothing : Fill::failed;
}

std::optional<LineReader::Line> LineReader::front() noexcept {
  if (!line_is_whole_) {
    const char* const data = buffer_.get();
    const void* const found =
        end_ > scanned_ ? std::memchr(data + scanned_, '\n', end_ - scanned_) : nullptr;
    if (found != nullptr) {
      scanned_ = static_cast<std::size_t>(static_cast<const char*>(found) - data);
      line_is_whole_ = true;
    } else {
      scanned_ = end_;
      line_is_whole_ = finished_ && (end_ > begin_ || too_long_);
    }
  }
  if (!line_is_whole_) {
    if (end_ - begin_ > kLineBytesMax) {
      too_long_ = true;
      begin_ = scanned_ = end_ = 0;
    }
    return std::nullopt;
  }
  if (too_long_) return Line{.text = {}, .number = line_number_, .too_long = true};
  return Line{.text = {buffer_.get() + begin_, scanned_ - begin_}, .number = line_number_};
}

void LineReader::pop() noexcept {
  begin_ = std::min(scanned_ + 1, end_);
  scanned_ = begin_;
  line_is_whole_ = false;
  too_long_ = false;
  ++line_number_;
}

// Moves what is left to the front, and grows for a line that the buffer is too small for. Memory of
// a large line is given back once it has been dealt with.
void LineReader::make_room() {
  const std::size_t held = end_ - begin_;
  const bool outgrown = capacity_ > kBufferBytes && held < kBufferBytes / 4;
  if (buffer_ && !outgrown && capacity_ - kLinePadding - end_ >= kReadBytesMin) return;
  std::size_t capacity = outgrown || !buffer_ ? kBufferBytes : capacity_;
  while (capacity - kLinePadding - held < kReadBytesMin) capacity *= 2;
  if (capacity != capacity_) {
    auto grown = std::make_unique_for_overwrite<char[]>(capacity);
    if (held > 0) std::memcpy(grown.get(), buffer_.get() + begin_, held);
    buffer_ = std::move(grown);
    capacity_ = capacity;
    // The padding is read, though never used: it must not be unset memory in the checkers' eyes.
    std::memset(buffer_.get() + held, 0, kLinePadding);
  } else {
    std::memmove(buffer_.get(), buffer_.get() + begin_, held);
  }
  scanned_ -= begin_;
  end_ = held;
  begin_ = 0;
}

}  // namespace revenant::target
