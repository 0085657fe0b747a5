// Cuts what the target writes into lines, with a bound on the memory that a line may take.
//
// One thread. Time is linear in the bytes, whatever their cut: no byte is searched twice. A line
// over the bound is reported once, by its beginning, and the rest of it is dropped as it comes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::chaos {

class ProtocolLines {
 public:
  // Lines longer than this, without their newline, are too long.
  explicit ProtocolLines(std::size_t line_bytes_max);

  // Where the next bytes go: at least kReadBytes. Invalidates the line that next() gave.
  [[nodiscard]] std::span<char> room();
  void filled(std::size_t bytes) noexcept;

  struct Line {
    std::string_view text;     // valid until room() is called; the beginning where too long
    std::uint64_t number = 0;  // from 1
    bool too_long = false;
  };
  // The next line that is whole or too long.
  [[nodiscard]] std::optional<Line> next() noexcept;
  // At the end of the output: what stands behind the last newline, if anything.
  [[nodiscard]] std::optional<Line> rest() noexcept;

  [[nodiscard]] std::size_t capacity() const noexcept { return buffer_.size(); }

  static constexpr std::size_t kReadBytes = std::size_t{256} << 10;
  static constexpr std::size_t kSampleBytes = 200;

 private:
  std::size_t line_bytes_max_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;    // of the line that is being read
  std::size_t scanned_ = 0;  // no newline in [begin_, scanned_)
  std::size_t end_ = 0;
  bool dropping_ = false;  // the rest of a line that was too long
  std::uint64_t lines_ = 0;
};

}  // namespace revenant::chaos
