// How many system calls a process and its children make.
#pragma once

#include <cstdint>

#include "pool/os/unique_fd.h"

namespace revenant::bench {

// Counts from its construction on, in the calling thread and in all threads and processes that it
// starts later. The kernel counts (perf's raw_syscalls:sys_enter), which slows nobody down: a
// tracer would, and a pool whose wake-ups are slow makes fewer of them. Needs CAP_PERFMON.
class SystemCallCounter {
 public:
  SystemCallCounter();  // std::system_error, saying what this machine does not allow

  // Of the living and the dead. Itself a system call.
  [[nodiscard]] std::uint64_t read() const;

 private:
  os::UniqueFd event_;
};

}  // namespace revenant::bench
