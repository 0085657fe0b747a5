// Text that strangers wrote, made fit for JSON and XML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace revenant::chaos {

// The length of the well-formed UTF-8 sequence at the start of `text`; 0 if there is none.
[[nodiscard]] std::size_t utf8_sequence(std::string_view text) noexcept;

// Each byte that belongs to no well-formed sequence becomes U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

// That, on one line and without control characters (C0, DEL and C1), which become '?': safe for a
// terminal and for XML 1.0.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace revenant::chaos
