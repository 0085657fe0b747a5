// Gathers lines and writes them as the reader takes them, without waiting.
#pragma once

#include <cstddef>
#include <string>

namespace revenant::target {

// One thread. The descriptor stays the caller's. It is made non-blocking and given back as it was,
// except for a terminal, which shares the flag with the shell: there a write may wait.
class LineWriter {
 public:
  explicit LineWriter(int fd) noexcept;
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // Append whole lines here.
  [[nodiscard]] std::string& buffer() noexcept { return buffer_; }

  enum class Flush { done, would_block, reader_gone };
  // Writes what the reader takes now. reader_gone with errno: EPIPE, ECONNRESET, EBADF, EIO …
  [[nodiscard]] Flush flush() noexcept;

  [[nodiscard]] std::size_t pending() const noexcept { return buffer_.size() - written_; }

 private:
  int fd_;
  int flags_before_;
  std::string buffer_;
  std::size_t written_ = 0;
};

}  // namespace revenant::target
