// The lines that the target writes. Each function appends one whole line.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "revenant/outcome.h"

namespace revenant::target {

// {"type":"ready",…} with the name and version, these operations, and these pids as the workers.
void append_ready(std::string& output, std::span<const std::string> operations,
                  std::span<const pid_t> workers);

// `result` for a completed task, whose value is the JSON text that perform() made; `failed` for any
// other.
void append_outcome(std::string& output, const Outcome& outcome);

// `failed` for a task that never reached the pool. `reason` may hold any bytes.
void append_failed(std::string& output, std::uint64_t id, std::string_view reason);

}  // namespace revenant::target
