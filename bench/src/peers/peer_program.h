// One run of somebody else's program, of which nothing stays behind.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace revenant::bench::peers {

struct ProgramRun {
  std::string output;   // at most 64 KiB of it
  std::string problem;  // not empty: it did not end with code 0, and what it said last
};

// Runs `arguments` (the program first; looked for on PATH if it has no slash) with nothing on
// standard input, and waits for its end, at most `limit`.
//
// It is the head of a process group of its own, below a guard process that kills this group when
// the program ends, when `limit` has passed, and when this process ends in whatever way; the pools'
// workers that their program left behind go with it. A process that leaves the group is not
// followed. The caller has one thread. Throws std::system_error where no process or pipe can be
// had.
[[nodiscard]] ProgramRun run_program(const std::vector<std::string>& arguments,
                                     std::chrono::milliseconds limit);

}  // namespace revenant::bench::peers
