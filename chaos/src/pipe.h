// A pipe, for the harness and a process or thread of its own.
#pragma once

#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// Both ends are close-on-exec.
struct Pipe {
  os::UniqueFd read;
  os::UniqueFd write;
};

// `what` it is for goes into the message of the std::system_error that is thrown where none can be
// had.
[[nodiscard]] Pipe make_pipe(const char* what);

// std::system_error where the descriptor is none.
void make_non_blocking(const os::UniqueFd& fd);

}  // namespace revenant::chaos
