// What every verb of `revenant` returns.
#pragma once

namespace revenant::chaos {

inline constexpr int kPass = 0;
inline constexpr int kFail = 1;
inline constexpr int kUnknown = 2;
inline constexpr int kWrongUsage = 3;
inline constexpr int kHarnessFailed = 4;

}  // namespace revenant::chaos
