// Completion scripts, one a shell: verbs, options, and the words that a value may be.
//
// None needs anything but the shell: not revenant itself, nor the package bash-completion.
#pragma once

#include <string>
#include <vector>

#include "ci/manual/verb_page.h"

namespace revenant::ci {

[[nodiscard]] std::string bash_completion(const std::vector<VerbPage>& verbs);
[[nodiscard]] std::string zsh_completion(const std::vector<VerbPage>& verbs);
[[nodiscard]] std::string fish_completion(const std::vector<VerbPage>& verbs);

}  // namespace revenant::ci
