// What every verb of `revenant` returns.
#pragma once

namespace revenant::bench {

inline constexpr int kPass = 0;
inline constexpr int kFail = 1;
inline constexpr int kWrongUsage = 3;
inline constexpr int kHarnessFailed = 4;

}  // namespace revenant::bench
