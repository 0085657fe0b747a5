// Whether those who do the tasks are those who were hit.
#pragma once

#include <string>

#include "chaos/src/checkers/evidence.h"

namespace revenant::chaos {

// A sentence where most of the outcomes that name their worker name a process that was never among
// the workers: then the faults hit others, and little was shown. Empty else. No finding, because a
// worker that lives for a task may come and go unseen.
[[nodiscard]] std::string warning_of_strangers(const Evidence& evidence);

}  // namespace revenant::chaos
