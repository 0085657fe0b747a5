// What `revenant doctor` says of the capabilities that it found.
#pragma once

#include <string>
#include <vector>

#include "ci/doctor/capability.h"

namespace revenant::ci {

// A line for each, two more where something is lost, and a last line that sums up.
[[nodiscard]] std::string diagnosis_text(const std::vector<Capability>& all, bool coloured);
[[nodiscard]] std::string diagnosis_json(const std::vector<Capability>& all);

// 0: pool and harness work, at known costs perhaps. 2: something essential is missing.
[[nodiscard]] int diagnosis_exit_code(const std::vector<Capability>& all);

}  // namespace revenant::ci
