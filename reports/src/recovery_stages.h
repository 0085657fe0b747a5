// The stages of a recovery that the history of a run tells, in their order.
#pragma once

#include <array>
#include <string_view>

namespace revenant::reports {

struct RecoveryStage {
  std::string_view name;     // in history and verdict
  std::string_view heading;  // over its panel
};
inline constexpr std::array kStagesOfHistory = {
    RecoveryStage{"detect", "detect: reaped"},
    RecoveryStage{"respawn", "respawn: the place is filled"},
    RecoveryStage{"first_result", "first result: any task has one again"},
    RecoveryStage{"task", "task: the victim's own is done"}};
// The judge's alone: it takes rates over time to see it.
inline constexpr RecoveryStage kFullCapacity = {"full_capacity",
                                                "full capacity: all alive, at 95 % of the rate"};

}  // namespace revenant::reports
