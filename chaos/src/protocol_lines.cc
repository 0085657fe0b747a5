#include "chaos/src/protocol_lines.h"

#include <algorithm>
#include <cstring>

#include "pool/os/check.h"

namespace revenant::chaos {

ProtocolLines::ProtocolLines(std::size_t line_bytes_max)
    : line_bytes_max_(line_bytes_max), buffer_(2 * kReadBytes) {}

std::span<char> ProtocolLines::room() {
  if (begin_ == end_) {
    begin_ = scanned_ = end_ = 0;
  } else if (buffer_.size() - end_ < kReadBytes) {
    const std::size_t kept = end_ - begin_;
    std::memmove(buffer_.data(), buffer_.data() + begin_, kept);
    scanned_ -= begin_;
    begin_ = 0;
    end_ = kept;
    // Doubling keeps the copies of a line that grows in many reads linear in its length. A line
    // is dropped once it is over the bound, so the buffer stays below twice that and two reads.
    if (buffer_.size() - end_ < kReadBytes) buffer_.resize(2 * buffer_.size());
  }
  return {buffer_.data() + end_, buffer_.size() - end_};
}

void ProtocolLines::filled(std::size_t bytes) noexcept {
  REVENANT_CHECK(bytes <= buffer_.size() - end_, "more bytes were read than there was room for");
  end_ += bytes;
}

std::optional<ProtocolLines::Line> ProtocolLines::next() noexcept {
  while (true) {
    const char* const data = buffer_.data();
    const void* const found = std::memchr(data + scanned_, '\n', end_ - scanned_);
    const std::size_t begin = begin_;
    if (found == nullptr) {
      scanned_ = end_;
      if (dropping_) {
        begin_ = end_;
      } else if (end_ - begin > line_bytes_max_) {
        dropping_ = true;
        begin_ = end_;
        return Line{{data + begin, std::min(end_ - begin, kSampleBytes)}, ++lines_, true};
      }
      return std::nullopt;
    }
    const auto newline = static_cast<std::size_t>(static_cast<const char*>(found) - data);
    begin_ = scanned_ = newline + 1;
    if (dropping_) {
      dropping_ = false;
      continue;
    }
    const std::size_t length = newline - begin;
    const bool too_long = length > line_bytes_max_;
    return Line{
        {data + begin, too_long ? std::min(length, kSampleBytes) : length}, ++lines_, too_long};
  }
}

std::optional<ProtocolLines::Line> ProtocolLines::rest() noexcept {
  if (begin_ == end_ || dropping_) return std::nullopt;
  const Line line{{buffer_.data() + begin_, end_ - begin_}, ++lines_, false};
  begin_ = scanned_ = end_;
  return line;
}

}  // namespace revenant::chaos
