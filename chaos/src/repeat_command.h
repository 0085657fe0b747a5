// The commands `revenant replay` and `revenant shrink`.
#pragma once

#include <string>

namespace revenant::chaos {

// argv[0] is the verb's full name, "revenant replay". The exit code: 1 the finding came back, 0 it
// did not, 2 it was interrupted, 3 wrong usage, 4 the harness failed.
[[nodiscard]] int run_replay_command(int argc, char** argv);

// 1: a smaller run was found, or none smaller shows it; 2: the finding did not come back.
[[nodiscard]] int run_shrink_command(int argc, char** argv);

// The same for `revenant chaos --shrink`.
[[nodiscard]] int shrink_folder(const std::string& folder, double seconds, unsigned tries);

}  // namespace revenant::chaos
