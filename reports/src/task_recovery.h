// What the tasks of a run tell about its recoveries, in two passes over its history.
#pragma once

#include <filesystem>
#include <vector>

#include "reports/src/deaths.h"

namespace revenant::reports {

struct TaskRecoveryTimes {
  std::vector<double> first_result_us;  // from the kill to any task's result; where none was open
                                        // then, from the next submission
  std::vector<double> task_us;          // from the kill to the result of the task on the victim,
                                        // where results say how many attempts they took
};

// In no order. Empty where more than kOpenTasksMax tasks were open at once. Throws InputError if
// the file cannot be read.
TaskRecoveryTimes task_recovery_times(const std::vector<Kill>& kills,
                                      const std::filesystem::path& history);

}  // namespace revenant::reports
