// The operations of the target protocol, all but `hang`.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace revenant::chaos::targets {

struct Task {
  std::uint64_t id = 0;
  std::string line;  // as the harness sent it, without the newline
  unsigned attempts = 0;
};

// The task of a line of the harness. Terminates the program on anything else: the harness is right,
// or there is nothing to test.
[[nodiscard]] Task read_task(const std::string& line);

// Does it and returns the result's line, with a newline. `spoil` damages the argument.
[[nodiscard]] std::string do_task(const Task& task, bool spoil);

// The result's line of a `record` that was not done.
[[nodiscard]] std::string undone_line(const Task& task);

[[nodiscard]] std::string failed_line(const Task& task, std::optional<pid_t> worker);

}  // namespace revenant::chaos::targets
