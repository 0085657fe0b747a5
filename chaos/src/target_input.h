// The target's standard input: a buffer in front of a pipe that never blocks.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// One thread, which blocks SIGPIPE: a target that closed its input is an answer, not a death.
class TargetInput {
 public:
  explicit TargetInput(os::UniqueFd fd) noexcept : fd_(std::move(fd)) {}

  // Lines are appended here; flush() sends them. Callers stop while there is no room, so memory is
  // bounded by kWaitingBytesMax and one task.
  [[nodiscard]] std::string& buffer() noexcept { return buffer_; }
  [[nodiscard]] bool has_room() const noexcept { return waiting() < kWaitingBytesMax; }
  [[nodiscard]] std::size_t waiting() const noexcept { return buffer_.size() - sent_; }

  enum class Flush { all, some, closed_by_target };
  // Writes what the pipe takes.
  Flush flush() noexcept;

  // The end of input, for the target; what is waiting is dropped.
  void close() noexcept;
  [[nodiscard]] bool is_open() const noexcept { return static_cast<bool>(fd_); }
  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

  static constexpr std::size_t kWaitingBytesMax = std::size_t{1} << 20;

 private:
  os::UniqueFd fd_;
  std::string buffer_;
  std::size_t sent_ = 0;
};

}  // namespace revenant::chaos
