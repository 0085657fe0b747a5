// What a peer's program prints: a JSON object on a line. Pure functions; both throw
// std::runtime_error, with the answer in its text, where it is not such an object.
#pragma once

#include <string>
#include <string_view>

#include "bench/src/peers/peers.h"

namespace revenant::bench::peers {

// {"tasks": N, "seconds": S}: tasks a second.
[[nodiscard]] double speed_in(const std::string& answer);

// {"tasks": N, "completed": N, "failed": N, "next_result_ms": T, "new_worker_ms": T,
//  "completed_afterwards": N, "tasks_afterwards": N, "workers_afterwards": N,
//  "program_ended": "…"}, where a time of -1 is none.
[[nodiscard]] Kill kill_in(const std::string& answer, std::string_view arm);

}  // namespace revenant::bench::peers
