// Who may be attached to: `--attach PID`.
#pragma once

#include <sys/types.h>

#include <string>

#include "pool/os/process.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

// The process, if its tree may be worked on. TargetUnusable, with the reason, for one that is not
// there, is this process or one of its parents, belongs to the kernel or is the first of all, or
// may not be signalled by this user.
[[nodiscard]] os::Process open_attachable(pid_t pid);

// The tree below options.attach_to as it is now, with those marked that would be victims: what
// `--dry-run` prints. Throws as open_attachable() does.
[[nodiscard]] std::string describe_attached(const RunOptions& options);

}  // namespace revenant::chaos
