#include "pool/os/proc.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "pool/os/read_to_end.h"
#include "pool/os/unique_fd.h"

namespace revenant::os {
namespace {

std::string proc_path(pid_t pid, std::string_view rest) {
  std::string path = "/proc/" + std::to_string(pid) + "/";
  path.append(rest);
  return path;
}

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

// Calls `visit` with every entry that is a number.
template <typename Visit>
bool for_each_number(const std::string& path, Visit visit) {
  const Directory directory(::opendir(path.c_str()));
  if (!directory) return false;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    pid_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc() && end == name.data() + name.size()) visit(number);
  }
  return true;
}

// The numbers that follow `label` on its line in a status file.
std::uint64_t field_of(std::string_view text, std::string_view label) {
  const auto at = text.find(label);
  if (at == std::string_view::npos) return 0;
  return std::strtoull(text.data() + at + label.size(), nullptr, 10);
}

std::uint64_t page_bytes() {
  static const auto bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return bytes;
}

}  // namespace

std::optional<std::string> read_small_file(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return std::nullopt;
  auto text = read_to_end(fd.get());
  if (!text) return std::nullopt;  // ESRCH: it ended between open and read
  while (!text->empty() && text->back() == '\n') text->pop_back();
  return text;
}

std::optional<ProcStat> read_proc_stat(pid_t pid) {
  const auto text = read_small_file(proc_path(pid, "stat"));
  if (!text) return std::nullopt;
  // The name stands in parentheses and may itself hold any of them: the last one ends it.
  const auto open = text->find('(');
  const auto close = text->rfind(')');
  if (open == std::string::npos || close == std::string::npos || close + 2 >= text->size()) {
    return std::nullopt;
  }
  ProcStat stat;
  stat.pid = pid;
  stat.name = text->substr(open + 1, close - open - 1);
  stat.state = (*text)[close + 2];
  // Fields from the fourth on, counted as proc(5) counts them.
  std::array<std::uint64_t, 25> field{};
  const char* at = text->c_str() + close + 3;
  for (std::size_t number = 4; number < field.size(); ++number) {
    char* end = nullptr;
    field[number] = static_cast<std::uint64_t>(std::strtoll(at, &end, 10));
    if (end == at) return std::nullopt;
    at = end;
  }
  stat.parent_pid = static_cast<pid_t>(field[4]);
  stat.cpu_ticks = field[14] + field[15];
  stat.start_time_ticks = field[22];
  stat.resident_bytes = field[24] * page_bytes();
  return stat;
}

std::optional<std::uint64_t> read_private_bytes(pid_t pid) {
  const auto text = read_small_file(proc_path(pid, "statm"));
  if (!text) return std::nullopt;
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  std::uint64_t shared = 0;
  if (std::sscanf(text->c_str(), "%lu %lu %lu", &all, &resident, &shared) != 3) return std::nullopt;
  return (resident - std::min(resident, shared)) * page_bytes();
}

std::vector<ProcStat> read_all_proc_stat() {
  std::vector<ProcStat> all;
  for_each_number("/proc", [&](pid_t pid) {
    if (auto stat = read_proc_stat(pid)) all.push_back(std::move(*stat));
  });
  return all;
}

std::vector<pid_t> read_children(pid_t pid) {
  std::vector<pid_t> children;
  for_each_number(proc_path(pid, "task"), [&](pid_t thread) {
    const auto text =
        read_small_file(proc_path(pid, "task/" + std::to_string(thread) + "/children"));
    if (!text) return;
    const char* at = text->data();
    const char* const end = text->data() + text->size();
    while (at < end) {
      pid_t child = 0;
      const auto parsed = std::from_chars(at, end, child);
      if (parsed.ec != std::errc()) break;
      children.push_back(child);
      at = parsed.ptr;
      while (at < end && *at == ' ') ++at;
    }
  });
  return children;
}

std::string read_command_line(pid_t pid) {
  std::string text = read_small_file(proc_path(pid, "cmdline")).value_or("");
  while (!text.empty() && text.back() == '\0') text.pop_back();
  for (char& c : text) {
    if (c == '\0') c = ' ';
  }
  return text;
}

std::optional<std::size_t> count_descriptors(pid_t pid) {
  std::size_t count = 0;
  if (!for_each_number(proc_path(pid, "fd"), [&](pid_t) { ++count; })) return std::nullopt;
  return count;
}

std::optional<std::uint64_t> read_context_switches(pid_t pid) {
  std::uint64_t total = 0;
  const bool seen = for_each_number(proc_path(pid, "task"), [&](pid_t thread) {
    const auto text = read_small_file(proc_path(pid, "task/" + std::to_string(thread) + "/status"));
    if (!text) return;
    total += field_of(*text, "\nvoluntary_ctxt_switches:") +
             field_of(*text, "\nnonvoluntary_ctxt_switches:");
  });
  if (!seen) return std::nullopt;
  return total;
}

std::optional<std::uint64_t> read_proportional_bytes(pid_t pid) {
  const auto text = read_small_file(proc_path(pid, "smaps_rollup"));
  if (!text) return std::nullopt;
  return field_of(*text, "\nPss:") * 1024;
}

}  // namespace revenant::os
