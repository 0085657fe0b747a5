// A process as pid + pidfd + start time, never a bare pid.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "pool/os/unique_fd.h"

namespace revenant::os {

// The identity of one process, alive or dead. Signals go through the pidfd, so they reach this
// process or nobody, however often its pid has been reused. Any thread may call; the object is not
// synchronised. Destroying it touches the process in no way.
class Process {
 public:
  Process() noexcept = default;

  // Opens the process that has `pid` now; its start time is read before and after, so that a pid
  // that changed hands in between is not taken. Empty if there is no such process, or no descriptor
  // is left (then errno is EMFILE or ENFILE).
  [[nodiscard]] static std::optional<Process> open(pid_t pid);

  // Adopts a pidfd that was received from the process's parent (which opened it before reaping).
  [[nodiscard]] static Process adopt(pid_t pid, UniqueFd pidfd) noexcept;

  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(pidfd_); }
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  // Clock ticks since boot (field 22 of /proc/PID/stat); 0 where the pidfd was adopted.
  [[nodiscard]] std::uint64_t start_time_ticks() const noexcept { return start_time_ticks_; }
  // Readable once the process is a zombie or gone: the final notice. For poll and epoll.
  [[nodiscard]] int pidfd() const noexcept { return pidfd_.get(); }

  // False with errno ESRCH if the process has ended (a zombie takes signals without effect: true).
  bool send_signal(int signal) const noexcept;
  // Whether the pidfd is readable: every thread has ended and the address space is gone.
  [[nodiscard]] bool has_ended() const noexcept;
  // Waits for that; false if `timeout_ms` passed before. Negative: for ever.
  bool wait_ended(int timeout_ms) const noexcept;

 private:
  pid_t pid_ = -1;
  std::uint64_t start_time_ticks_ = 0;
  UniqueFd pidfd_;
};

// pidfd_open(2). Empty with errno set.
[[nodiscard]] UniqueFd open_pidfd(pid_t pid) noexcept;

}  // namespace revenant::os
