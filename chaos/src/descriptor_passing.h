// One descriptor from one process to another, over a socket (SCM_RIGHTS).
#pragma once

#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// Async-signal-safe. A negative descriptor is told as "none".
void send_descriptor(int socket, int descriptor) noexcept;

// Waits for it; empty if the other side has none or is gone.
[[nodiscard]] os::UniqueFd receive_descriptor(int socket) noexcept;

}  // namespace revenant::chaos
