// One run of a program, with what it cost.
#pragma once

#include <string>
#include <vector>

namespace revenant::bench::goals {

struct CommandRun {
  int exit_code = -1;  // -1: it was killed
  std::string output;
  double wall_seconds = 0;
  double cpu_seconds = 0;  // of the program itself, without its children
  double peak_kib = 0;     // its largest resident size, looked at every 10 ms
};

// Runs it to its end with an empty input, its standard error into nothing. It does not outlive the
// caller. Throws std::system_error (no process, no file).
[[nodiscard]] CommandRun run_command(std::vector<std::string> arguments);

}  // namespace revenant::bench::goals
