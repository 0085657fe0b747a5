#include "chaos/src/memory_limit.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "pool/os/proc.h"
#include "pool/os/unique_fd.h"

namespace revenant::chaos {
namespace {

constexpr std::string_view kLimit = "4096";

bool write_file(const std::string& path, std::string_view text) {
  const os::UniqueFd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// Where memory is accounted, the hierarchy's mount point and what the limit is called there.
struct Hierarchy {
  std::string mount;
  const char* limit = "";
  const char* swap = "";
};

// Version 1 if there is one with the memory controller; else version 2.
Hierarchy find_hierarchy() {
  if (::access("/sys/fs/cgroup/memory/memory.limit_in_bytes", F_OK) == 0) {
    return {"/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.swappiness"};
  }
  return {"/sys/fs/cgroup", "memory.max", "memory.swap.max"};
}

// The line of /proc/PID/cgroup: "4:memory:/a/b" in version 1, "0::/a/b" in version 2.
std::string group_of(pid_t pid, bool version_1) {
  const std::string text =
      os::read_small_file("/proc/" + std::to_string(pid) + "/cgroup").value_or("");
  const std::string_view key = version_1 ? ":memory:" : "0::";
  const auto at = text.find(key);
  if (at == std::string::npos) return "";
  const auto begin = at + key.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

std::string MemoryLimit::impose(pid_t pid) {
  if (!group_.empty()) return "another worker is without memory already";
  const Hierarchy hierarchy = find_hierarchy();
  const bool version_1 = hierarchy.mount.ends_with("/memory");
  const std::string original = hierarchy.mount + group_of(pid, version_1);
  const std::string group = fmt::format("{}/revenant-oom-{}-{}", original, ::getpid(), pid);
  if (::mkdir(group.c_str(), 0755) != 0) {
    return fmt::format("no control group can be made: {}: {}", group, std::strerror(errno));
  }
  group_ = group;
  original_ = original;
  pid_ = pid;
  // Nothing may be written out to make room.
  static_cast<void>(write_file(group + "/" + hierarchy.swap, "0"));
  if (!write_file(group + "/" + hierarchy.limit, kLimit) ||
      !write_file(group + "/cgroup.procs", std::to_string(pid))) {
    std::string why =
        fmt::format("no memory limit can be set in {}: {}", group, std::strerror(errno));
    lift();
    return why;
  }
  return {};
}

// "oom_kill 1" in a file of lines: memory.oom_control in version 1, memory.events in version 2.
bool MemoryLimit::has_killed() const {
  constexpr std::string_view kKey = "oom_kill ";
  for (const char* const name : {"/memory.oom_control", "/memory.events"}) {
    const std::string text = os::read_small_file(group_ + name).value_or("");
    const auto at = text.find(kKey);
    if (at != std::string::npos) return text[at + kKey.size()] != '0';
  }
  return true;
}

void MemoryLimit::lift() {
  if (group_.empty()) return;
  // Only who is in the group is put back: whoever has that pid elsewhere is a stranger.
  if (os::read_small_file(group_ + "/cgroup.procs").value_or("") == std::to_string(pid_)) {
    static_cast<void>(write_file(original_ + "/cgroup.procs", std::to_string(pid_)));
  }
  constexpr int kTries = 20;
  constexpr useconds_t kPauseUs = 1000;
  for (int i = 0; i < kTries && ::rmdir(group_.c_str()) != 0 && errno == EBUSY; ++i) {
    ::usleep(kPauseUs);
  }
  group_.clear();
}

}  // namespace revenant::chaos
