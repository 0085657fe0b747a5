#include "chaos/src/activity.h"

#include <fmt/format.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <utility>

#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

// Those in which workers of pools are found waiting, or are caught by the moments at-read and
// at-write. Some architectures lack the older ones.
constexpr auto kNames = std::to_array<std::pair<long, std::string_view>>({
    {SYS_read, "read"},
    {SYS_readv, "readv"},
    {SYS_write, "write"},
    {SYS_writev, "writev"},
    {SYS_recvfrom, "recvfrom"},
    {SYS_recvmsg, "recvmsg"},
    {SYS_recvmmsg, "recvmmsg"},
    {SYS_sendto, "sendto"},
    {SYS_sendmsg, "sendmsg"},
    {SYS_sendmmsg, "sendmmsg"},
    {SYS_futex, "futex"},
    {449, "futex_waitv"},
    {SYS_ppoll, "ppoll"},
    {SYS_pselect6, "pselect"},
    {SYS_epoll_pwait, "epoll_pwait"},
    {SYS_nanosleep, "nanosleep"},
    {SYS_clock_nanosleep, "clock_nanosleep"},
    {SYS_wait4, "wait4"},
    {SYS_waitid, "waitid"},
    {SYS_accept, "accept"},
    {SYS_accept4, "accept4"},
    {SYS_rt_sigtimedwait, "sigtimedwait"},
    {SYS_flock, "flock"},
    {SYS_semtimedop, "semtimedop"},
    {SYS_msgrcv, "msgrcv"},
    {SYS_execve, "execve"},
    {SYS_close, "close"},
    {SYS_prctl, "prctl"},
    {SYS_set_robust_list, "set_robust_list"},
    {SYS_openat, "openat"},
    {SYS_mmap, "mmap"},
    {SYS_restart_syscall, "restart_syscall"},
#ifdef SYS_poll
    {SYS_poll, "poll"},
    {SYS_select, "select"},
    {SYS_epoll_wait, "epoll_wait"},
    {SYS_pause, "pause"},
#endif
});

bool has_descriptor_first(long number) noexcept {
  switch (number) {
    case SYS_read:
    case SYS_readv:
    case SYS_write:
    case SYS_writev:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_recvmmsg:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_sendmmsg:
    case SYS_accept:
    case SYS_accept4:
    case SYS_flock:
      return true;
    default:
      return false;
  }
}

// "0 0x3 0x7ffd…": the number, then the arguments; or "running", or -1 outside of any call.
std::string describe_call(pid_t pid, const std::string& text) {
  long number = -1;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc() || number < 0) return "running";
  std::string said = name_of_system_call(number);
  if (!has_descriptor_first(number) || end - parsed.ptr < 4) return said;
  std::uint64_t fd = 0;
  std::from_chars(parsed.ptr + 3, end, fd, 16);  // behind " 0x"
  return fmt::format("{}({} {})", said, fd, kind_of_descriptor(pid, fd));
}

std::string describe(pid_t pid, char state) {
  if (state == 'T') return "stopped";
  if (state == 'R') return "running";
  const std::string folder = "/proc/" + std::to_string(pid);
  if (const auto call = os::read_small_file(folder + "/syscall"); call && !call->empty()) {
    return describe_call(pid, *call);
  }
  const auto where = os::read_small_file(folder + "/wchan");
  return where && *where != "0" ? "asleep in " + *where : "asleep";
}

}  // namespace

std::string name_of_system_call(long number) {
  for (const auto& [known, name] : kNames) {
    if (known == number) return std::string(name);
  }
  return fmt::format("system call {}", number);
}

std::string_view kind_of_descriptor(pid_t pid, std::uint64_t fd) {
  std::array<char, 64> target{};
  const std::string path = fmt::format("/proc/{}/fd/{}", pid, fd);
  const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
  if (length <= 0) return "";
  const std::string_view text(target.data(), static_cast<std::size_t>(length));
  if (text.starts_with("pipe:")) return "pipe";
  if (text.starts_with("socket:")) return "socket";
  if (text.starts_with("anon_inode:[eventfd")) return "eventfd";
  return "file";
}

std::string describe_activity(const os::Process& process) {
  const auto stat = os::read_proc_stat(process.pid());
  if (!stat || stat->start_time_ticks != process.start_time_ticks()) return "";
  std::string said = describe(process.pid(), stat->state);
  // What was read is of this process if it is still there.
  return process.has_ended() ? std::string() : said;
}

}  // namespace revenant::chaos
