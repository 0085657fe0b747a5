// One `revenant bench` after the other: the library keeps its state in globals, so each has a
// process of its own.
#pragma once

#include <string>
#include <vector>

namespace revenant::bench {

struct BenchChild {
  int exit_code = -1;  // 128 + the signal where one ended it
  std::string output;  // where it was asked for
};

// Forks, and runs `revenant bench` with the arguments in the child. It writes to the caller's
// standard output, or into `output` if `captures`. One thread. std::system_error: no process.
[[nodiscard]] BenchChild run_bench_child(const std::vector<std::string>& arguments, bool captures);

}  // namespace revenant::bench
