// A task that needs processor time.
#pragma once

#include <chrono>

namespace revenant::bench {

// Uses so much processor time of the calling thread, however long it has to wait for it.
void use_processor(std::chrono::nanoseconds time);

// Those that this process may run on.
[[nodiscard]] unsigned processors();

}  // namespace revenant::bench
