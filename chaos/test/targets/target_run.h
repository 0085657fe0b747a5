// Runs the test target under the real harness, in a folder of its own that goes away.
#pragma once

#include <string>

#include "revenant/chaos/options.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos::targets {

// Options of a short run whose bounds no correct target breaks even on a machine that is busy with
// something else.
[[nodiscard]] RunOptions patient_options(std::uint64_t seed);

// Sets the command and the folder; everything else is the caller's.
[[nodiscard]] RunResult run_target(RunOptions options, const std::string& mutation);

// "lost stalled", in the order of FindingKind; empty if there is none.
[[nodiscard]] std::string findings_of(const Verdict& verdict);

}  // namespace revenant::chaos::targets
