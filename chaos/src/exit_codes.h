// What the verbs return when there is no verdict: see the verdict's own codes in exit_status.h.
#pragma once

namespace revenant::chaos {

inline constexpr int kWrongUsage = 3;
inline constexpr int kHarnessFailed = 4;

}  // namespace revenant::chaos
