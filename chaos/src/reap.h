// The one place in the harness that waits for children.
#pragma once

#include <sys/types.h>

#include <optional>

namespace revenant::chaos {

// The wait status of the child `pid` if it has ended, and the child is gone then. Empty if it still
// runs, or is no child of this process. Never blocks.
[[nodiscard]] std::optional<int> reap(pid_t pid) noexcept;

}  // namespace revenant::chaos
