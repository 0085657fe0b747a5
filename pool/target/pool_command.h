// `revenant pool`.
#pragma once

namespace revenant::target {

// argv[0] is the verb's full name. Returns the exit code: 0, 1 (see run_target), 3 for wrong usage.
// Throws std::system_error where the pool cannot be made.
[[nodiscard]] int run_pool_command(int argc, char** argv);

}  // namespace revenant::target
