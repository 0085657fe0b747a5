// Where a value stands in the text that it was parsed from.
#pragma once

#include <simdjson.h>

#include <string_view>

namespace revenant::target {

// The JSON text of `field`, without looking into it.
[[nodiscard]] simdjson::error_code find_json(simdjson::ondemand::value field,
                                             std::string_view& json);

}  // namespace revenant::target
