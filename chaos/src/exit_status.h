// How a process ended that is not our child.
#pragma once

#include <optional>

#include "pool/os/process.h"

namespace revenant::chaos {

// The wait status, as from waitpid, of a process whose pidfd is readable. Two sources: while it is
// a zombie, the last field of /proc/PID/stat (readable for processes of the same user); once it was
// reaped, by whomever, the pidfd itself (PIDFD_GET_INFO, Linux 6.15 and later). Empty where neither
// tells.
[[nodiscard]] std::optional<int> exit_status_of(const os::Process& process);

// Whether the process has ended and its parent has collected it.
[[nodiscard]] bool was_reaped(const os::Process& process) noexcept;

}  // namespace revenant::chaos
