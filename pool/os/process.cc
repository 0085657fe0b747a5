#include "pool/os/process.h"

#include <poll.h>
#include <sys/syscall.h>

#include <cerrno>
#include <utility>

#include "pool/os/clock.h"
#include "pool/os/proc.h"

namespace revenant::os {

UniqueFd open_pidfd(pid_t pid) noexcept {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

std::optional<Process> Process::open(pid_t pid) {
  const auto before = read_proc_stat(pid);
  if (!before) return std::nullopt;
  UniqueFd pidfd = open_pidfd(pid);
  if (!pidfd) return std::nullopt;
  const auto after = read_proc_stat(pid);
  if (!after || after->start_time_ticks != before->start_time_ticks) {
    errno = ESRCH;
    return std::nullopt;
  }
  Process process;
  process.pid_ = pid;
  process.start_time_ticks_ = before->start_time_ticks;
  process.pidfd_ = std::move(pidfd);
  return process;
}

Process Process::adopt(pid_t pid, UniqueFd pidfd) noexcept {
  Process process;
  process.pid_ = pid;
  process.pidfd_ = std::move(pidfd);
  return process;
}

bool Process::send_signal(int signal) const noexcept {
  return ::syscall(SYS_pidfd_send_signal, pidfd_.get(), signal, nullptr, 0) == 0;
}

bool Process::has_ended() const noexcept { return wait_ended(0); }

bool Process::wait_ended(int timeout_ms) const noexcept {
  const TimePoint until = now() + std::chrono::milliseconds(timeout_ms);
  pollfd entry{pidfd_.get(), POLLIN, 0};
  while (true) {
    const int ready = ::poll(&entry, 1, timeout_ms);
    if (ready > 0) return (entry.revents & POLLIN) != 0;
    if (ready == 0) return false;
    if (errno != EINTR) return false;
    if (timeout_ms > 0) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(until - now()).count();
      timeout_ms = left > 0 ? static_cast<int>(left) : 0;
    }
  }
}

}  // namespace revenant::os
