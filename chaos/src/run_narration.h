// What the command says about a run beside its verdict.
#pragma once

#include "revenant/chaos/run.h"

namespace revenant::chaos {

// On standard error: how the run came to its end, and the target's last words.
void print_circumstances(const RunResult& result);

}  // namespace revenant::chaos
