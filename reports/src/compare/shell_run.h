// One run of a command of the user's, timed.
//
// It runs by /bin/sh in a process group of its own, with an empty input. When it ends, however it
// ends, what is left of the group is killed and waited for: a straggler would run into the next
// measurement. What left the group (setsid) is not followed. If the caller dies, the shell does.
// One at a time, in a program with one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "reports/src/compare/interrupt.h"

namespace revenant::reports::compare {

using Clock = std::chrono::steady_clock;

enum class RunEnd : std::uint8_t { done, failed, out_of_time, interrupted };

struct ShellRun {
  RunEnd end = RunEnd::done;
  double wall_us = 0;
  std::string how;  // failed: "exited with 1: …", with the end of its standard error
};

struct ShellCommand {
  std::string text;
  std::filesystem::path output;  // standard output goes there
  std::filesystem::path errors;  // and standard error there
};

// Throws std::system_error if it cannot be started.
ShellRun run_in_shell(const ShellCommand& command, Clock::time_point deadline,
                      const Interrupt& interrupt);

}  // namespace revenant::reports::compare
