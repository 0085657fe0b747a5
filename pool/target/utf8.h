// Text that may hold any bytes, made fit for a JSON string.
#pragma once

#include <string>
#include <string_view>

namespace revenant::target {

// `text` with U+FFFD in place of each byte that is not part of a well-formed UTF-8 sequence.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace revenant::target
