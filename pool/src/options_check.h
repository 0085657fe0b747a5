// Completes and checks the options of a pool.
#pragma once

#include "revenant/options.h"

namespace revenant {

// The options with every default filled in. Throws std::invalid_argument that names the field and
// what it may be.
[[nodiscard]] PoolOptions checked(PoolOptions options);

}  // namespace revenant
