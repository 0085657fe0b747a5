// What a process is doing at this instant, as far as /proc tells.
#pragma once

#include <string>
#include <string_view>

#include "pool/os/process.h"

namespace revenant::chaos {

// "running", "stopped", the system call that it waits in, as in "read(3 pipe)" or "futex", or where
// in the kernel it sleeps if that is all that may be known. Empty if the process is gone or another
// has its pid.
[[nodiscard]] std::string describe_activity(const os::Process& process);

// "pipe", "socket", "eventfd", "file"; empty if there is no such descriptor.
[[nodiscard]] std::string_view kind_of_descriptor(pid_t pid, std::uint64_t fd);

// "read"; "system call 451" for one that is not known by name here.
[[nodiscard]] std::string name_of_system_call(long number);

}  // namespace revenant::chaos
