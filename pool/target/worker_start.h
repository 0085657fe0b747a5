// What a worker of the target does before it is ready.
#pragma once

namespace revenant::target {

// Runs in the worker. Puts `null_fd` in place of the protocol's descriptors: a worker that held
// them would keep the harness from seeing the end of the output. Takes back the parent's choices
// about signals, so that the worker dies of whatever it is sent; keeps it from leaving a core file.
void start_worker(int null_fd, int input, int output) noexcept;

}  // namespace revenant::target
