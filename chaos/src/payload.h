// Strings for echo and crc32, drawn from the seed.
#pragma once

#include <cstddef>
#include <string>

#include "chaos/src/random.h"

namespace revenant::chaos {

// Replaces `text` by `bytes` bytes of valid UTF-8. Most are letters; one payload in 16 begins with
// a stretch of what serialisers get wrong: quotes, backslashes, control characters, two-, three-
// and four-byte characters. U+0000 is left out: too many languages end their strings there.
void draw_payload(Random& random, std::size_t bytes, std::string& text);

}  // namespace revenant::chaos
