// A cause swallows its consequences.
//
// A pool whose main process crashes also leaves tasks open, workers unreplaced and faults
// uninstalled. To report all four would send the reader to four places; the crash is the finding.
// What is a consequence is decided by kind and, where counting decides it, in the checkers
// themselves (see OpenTasks).
#pragma once

#include <vector>

#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// Whether `consequence` says nothing that is not already said by `cause`.
[[nodiscard]] bool explains(FindingKind cause, FindingKind consequence) noexcept;

// Removes every finding that another of them explains.
void remove_consequences(std::vector<Finding>& findings);

}  // namespace revenant::chaos
