#include "bench/src/counts/system_calls.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>

#include "pool/os/error.h"
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

constexpr const char* kEvent = "events/raw_syscalls/sys_enter/id";

// The kernel's file system of tracepoints, mounted nowhere: it is gone with the descriptor.
os::UniqueFd open_tracefs() {
  const os::UniqueFd context(static_cast<int>(::syscall(SYS_fsopen, "tracefs", FSOPEN_CLOEXEC)));
  if (!context) return {};
  if (::syscall(SYS_fsconfig, context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
    return {};
  }
  return os::UniqueFd(static_cast<int>(::syscall(SYS_fsmount, context.get(), FSMOUNT_CLOEXEC, 0)));
}

std::string read_id() {
  for (const char* folder : {"/sys/kernel/tracing/", "/sys/kernel/debug/tracing/"}) {
    if (auto text = os::read_small_file(std::string(folder) + kEvent)) return *text;
  }
  const os::UniqueFd tracefs = open_tracefs();
  if (!tracefs) return "";
  const os::UniqueFd file(::openat(tracefs.get(), kEvent, O_RDONLY | O_CLOEXEC));
  std::array<char, 32> text{};
  if (!file || ::read(file.get(), text.data(), text.size() - 1) <= 0) return "";
  return text.data();
}

}  // namespace

SystemCallCounter::SystemCallCounter() {
  const std::string id = read_id();
  if (id.empty()) {
    os::throw_errno("system calls cannot be counted here: no tracepoint raw_syscalls:sys_enter");
  }
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_TRACEPOINT;
  attributes.size = sizeof(attributes);
  attributes.config = std::strtoull(id.c_str(), nullptr, 10);
  attributes.inherit = 1;
  event_.reset(static_cast<int>(
      ::syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC)));
  if (!event_) os::throw_errno("system calls cannot be counted here: perf_event_open");
}

std::uint64_t SystemCallCounter::read() const {
  std::uint64_t count = 0;
  if (::read(event_.get(), &count, sizeof(count)) != sizeof(count)) {
    os::throw_errno("read of the count of system calls");
  }
  return count;
}

}  // namespace revenant::bench
