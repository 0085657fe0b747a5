// Lines from a descriptor, without copies and without waiting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace revenant::target {

// A longer line is passed over and reported; the reader never holds more than this.
inline constexpr std::size_t kLineBytesMax = std::size_t{64} << 20;

// One thread. The descriptor stays the caller's, who knows from poll() that a read would not wait.
class LineReader {
 public:
  explicit LineReader(int fd) noexcept : fd_(fd) {}

  enum class Fill { some, nothing, end, failed };  // failed: errno says why
  // One read().
  [[nodiscard]] Fill fill();
  // The bytes after the last line break are a line too, once there will be no more.
  void finish() noexcept { finished_ = true; }

  struct Line {
    std::string_view text;     // without its line break; kLinePadding readable bytes follow it
    std::uint64_t number = 0;  // from 1
    bool too_long = false;     // then `text` is empty
  };
  // The line to be dealt with next, or nothing if none is whole. Valid until fill() or pop().
  [[nodiscard]] std::optional<Line> front() noexcept;
  void pop() noexcept;

 private:
  void make_room();

  int fd_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;    // of the line that is next
  std::size_t scanned_ = 0;  // no line break lies in [begin_, scanned_)
  std::size_t end_ = 0;
  std::uint64_t line_number_ = 1;
  bool line_is_whole_ = false;  // a line break stands at scanned_
  bool too_long_ = false;       // the beginning of the next line was thrown away
  bool finished_ = false;
};

}  // namespace revenant::target
