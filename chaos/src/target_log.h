// The target's standard error, kept in the run folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// One thread. The file holds the first kBytesMax bytes and a line that says how much was left out;
// the pipe is read on, so that a target that logs without end is not held up by its own log.
class TargetLog {
 public:
  // Takes the near end of the pipe, non-blocking. std::system_error if the file cannot be made.
  TargetLog(os::UniqueFd pipe, const std::string& path);
  ~TargetLog();
  TargetLog(const TargetLog&) = delete;
  TargetLog& operator=(const TargetLog&) = delete;

  [[nodiscard]] int fd() const noexcept { return pipe_.get(); }
  // Copies what is there, one read. False at the end of the pipe, which is closed then.
  bool drain() noexcept;
  // The last lines that came, at most kTailBytes, made fit for a terminal.
  [[nodiscard]] std::string last_words() const;

  static constexpr std::uint64_t kBytesMax = std::uint64_t{16} << 20;
  static constexpr std::size_t kTailBytes = 1000;

 private:
  void keep(const char* bytes, std::size_t count) noexcept;

  os::UniqueFd pipe_;
  os::UniqueFd file_;
  std::uint64_t seen_ = 0;
  std::uint64_t kept_ = 0;
  std::string tail_;
};

}  // namespace revenant::chaos
