// `revenant completion` and `revenant man`.
#pragma once

#include <span>

#include "ci/help.h"

namespace revenant::ci {

// argv[0] is the name to speak of oneself by; `verbs` are all that there are. Each returns the exit
// code.
[[nodiscard]] int run_completion_command(int argc, char** argv, std::span<const Verb> verbs);
[[nodiscard]] int run_man_command(int argc, char** argv, std::span<const Verb> verbs);

}  // namespace revenant::ci
