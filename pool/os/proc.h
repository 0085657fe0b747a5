// What /proc says of a process at one instant.
//
// A pid in /proc may have changed hands since it was learned: whoever holds an os::Process compares
// start_time_ticks with its own after every read. All functions may be called by any thread,
// allocate no more than their result, and answer "no such process" with an empty result.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace revenant::os {

struct ProcStat {
  pid_t pid = -1;
  pid_t parent_pid = -1;
  char state = '?';                    // R S D T t Z X, as in proc(5)
  std::string name;                    // at most 15 bytes, may hold any byte
  std::uint64_t start_time_ticks = 0;  // since boot
  std::uint64_t resident_bytes = 0;
  std::uint64_t cpu_ticks = 0;  // user and system time of all threads
};

[[nodiscard]] std::optional<ProcStat> read_proc_stat(pid_t pid);

// The resident memory of a process that is neither a file's nor shared, as the kernel counts it:
// per processor, so that it may be some dozen pages behind.
[[nodiscard]] std::optional<std::uint64_t> read_private_bytes(pid_t pid);

// Every process of the machine that this one may see. One pass over /proc: 1 to 2 ms for 100
// processes.
[[nodiscard]] std::vector<ProcStat> read_all_proc_stat();

// The pids of the direct children of every thread of `pid`, from /proc/PID/task/*/children: costs
// the size of the family, not of the machine. Children that come and go meanwhile may be missed
// (proc(5)).
[[nodiscard]] std::vector<pid_t> read_children(pid_t pid);

// Arguments joined by one blank; empty for a zombie or a kernel thread.
[[nodiscard]] std::string read_command_line(pid_t pid);

// Open descriptors; empty if the process is gone or may not be looked at.
[[nodiscard]] std::optional<std::size_t> count_descriptors(pid_t pid);

// Voluntary and involuntary context switches of every thread, added up.
[[nodiscard]] std::optional<std::uint64_t> read_context_switches(pid_t pid);

// Proportional set size in bytes, from smaps_rollup.
[[nodiscard]] std::optional<std::uint64_t> read_proportional_bytes(pid_t pid);

// The whole of a small file of /proc or /sys, without a trailing newline.
[[nodiscard]] std::optional<std::string> read_small_file(const std::string& path);

}  // namespace revenant::os
