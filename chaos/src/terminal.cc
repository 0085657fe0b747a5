#include "chaos/src/terminal.h"

#include <unistd.h>

#include <cstdlib>

namespace revenant::chaos {

bool wants_colour(std::FILE* out) {
  const char* const no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  return ::isatty(::fileno(out)) == 1;
}

}  // namespace revenant::chaos
