// What each claim demands.
#pragma once

#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// Whether a finding of this kind counts against a target with this claim. Each claim demands all
// that weaker ones do, except that `failed` of `completes` includes `innocent_failed`.
[[nodiscard]] bool demands(Claim claim, FindingKind kind) noexcept;

}  // namespace revenant::chaos
