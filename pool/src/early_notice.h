// Whether this kernel and this libc give early notices: found out by trying it.
#pragma once

#include <sys/types.h>

#include "pool/src/region.h"

namespace revenant {

// The nursery's half: called in a child that it has forked for this. Takes the lock, waits to be
// told to go, dies; and dies with the nursery.
[[noreturn]] void die_for_trial(RegionHeader& header, pid_t nursery) noexcept;

// The supervisor's half, once the nursery is forked: waits for that child's death as the watcher
// does. False where it was not announced: no FUTEX_WAITV (before Linux 5.16, or filtered), or a
// libc whose robust locks are not as expected.
[[nodiscard]] bool early_notice_works(RegionHeader& header) noexcept;

}  // namespace revenant
