// Judging with a chosen set of checkers: what judge() does with all of them.
#pragma once

#include <span>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/history.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// A checker that throws becomes the finding checker_error; the others are heard all the same.
[[nodiscard]] Verdict judge_with(const History& history, std::span<const NamedChecker> checkers);

}  // namespace revenant::chaos
