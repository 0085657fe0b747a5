// `revenant pool` as the target, where no program is named.
#pragma once

#include <string>
#include <vector>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

// Takes --pool-NAME VALUE and --pool-NAME=VALUE out of `arguments` and returns them as arguments of
// the pool. UsageError where the value is missing.
[[nodiscard]] std::vector<std::string> take_pool_options(std::vector<std::string>& arguments);

// This very program with the verb `pool`.
[[nodiscard]] std::vector<std::string> own_pool_command(
    const RunOptions& options, const std::vector<std::string>& pool_options);

}  // namespace revenant::chaos
