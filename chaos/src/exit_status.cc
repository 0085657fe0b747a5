#include "chaos/src/exit_status.h"

#include <sys/ioctl.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <string>

#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

// struct pidfd_info in its first version, of 64 bytes, with the exit code that Linux 6.15 put into
// its spare word. The kernel's interface is fixed; most distributions' headers are older.
struct PidfdInfo {
  std::uint64_t mask;
  std::uint64_t control_group;
  std::uint32_t pid;
  std::uint32_t thread_group;
  std::uint32_t parent;
  std::uint32_t credentials[8];
  std::int32_t exit_code;
};
static_assert(sizeof(PidfdInfo) == 64);
constexpr std::uint64_t kPidfdInfoExit = 1U << 3;
constexpr unsigned long kPidfdGetInfo = _IOWR(0xFF, 11, PidfdInfo);

std::optional<int> status_from_pidfd(int pidfd) noexcept {
  PidfdInfo info{};
  info.mask = kPidfdInfoExit;
  if (::ioctl(pidfd, kPidfdGetInfo, &info) != 0 || (info.mask & kPidfdInfoExit) == 0) {
    return std::nullopt;
  }
  return info.exit_code;
}

std::optional<int> status_from_zombie(const os::Process& process) {
  const auto text = os::read_small_file("/proc/" + std::to_string(process.pid()) + "/stat");
  if (!text) return std::nullopt;
  const auto name_end = text->rfind(')');
  const auto last = text->rfind(' ');
  if (name_end == std::string::npos || last == std::string::npos || last <= name_end) {
    return std::nullopt;
  }
  // Only now is it certain that the text was of this process: a pid is not given to another while
  // the zombie is there, and a zombie that is still there after the read was there during it.
  if ((*text)[name_end + 2] != 'Z' || was_reaped(process)) return std::nullopt;
  int status = 0;
  const char* const end = text->data() + text->size();
  const auto parsed = std::from_chars(text->data() + last + 1, end, status);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return status;
}

}  // namespace

std::optional<int> exit_status_of(const os::Process& process) {
  if (const auto status = status_from_pidfd(process.pidfd())) return status;
  if (const auto status = status_from_zombie(process)) return status;
  // It may have been reaped between the two looks.
  return status_from_pidfd(process.pidfd());
}

bool was_reaped(const os::Process& process) noexcept {
  // Signal 0 reaches a zombie, and nobody once it was reaped.
  return !process.send_signal(0) && errno == ESRCH;
}

}  // namespace revenant::chaos
