// A JSON string literal of any bytes.
#pragma once

#include <string>
#include <string_view>

namespace revenant::chaos {

// Appends `text` in quotes and escaped. Bytes that are not UTF-8 become U+FFFD, one for each, so
// that whatever a target printed, the line is valid JSON.
void append_json_string(std::string& out, std::string_view text);

}  // namespace revenant::chaos
