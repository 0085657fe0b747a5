// What a reader of the numbers has to know of the machine and the program, for the JSON's
// "context".
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace revenant::bench {

using Context = std::vector<std::pair<std::string, std::string>>;

// Keys: revenant_version, commit, compiler, build_type, kernel, machine, cpu_model, cores,
// memory_bytes, clock_source. What cannot be found out is "unknown". Reads /proc and /sys.
[[nodiscard]] Context describe_machine_and_build();

// Why numbers of this build or at this moment would mislead; one sentence each.
[[nodiscard]] std::vector<std::string> reasons_for_doubt();

}  // namespace revenant::bench
