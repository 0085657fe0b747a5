// All that a file or pipe gives.
#pragma once

#include <optional>
#include <string>

namespace revenant::os {

// From where `fd` stands to its end; waits where its writers take their time. Nothing where the
// kernel refuses, with errno as read(2) has it.
[[nodiscard]] std::optional<std::string> read_to_end(int fd);

}  // namespace revenant::os
