// Who reads what a command prints.
#pragma once

#include <cstdio>

namespace revenant::chaos {

// A terminal, and nobody set NO_COLOR.
[[nodiscard]] bool wants_colour(std::FILE* out);

}  // namespace revenant::chaos
