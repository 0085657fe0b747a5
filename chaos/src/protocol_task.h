// The one line that the harness writes: a task.
//
// Pure; appends to a buffer that the caller keeps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace revenant::chaos {

// `argument` is JSON text.
void append_task(std::string& out, std::uint64_t id, std::string_view operation,
                 std::string_view argument);

}  // namespace revenant::chaos
