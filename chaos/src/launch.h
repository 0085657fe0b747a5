// Starts the program under test. The only file of the project that knows Boost.Process.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "pool/os/process.h"
#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// The near ends of its three pipes are non-blocking and close-on-exec.
struct Launched {
  os::Process process;
  os::UniqueFd input;
  os::UniqueFd output;
  os::UniqueFd errors;
  os::UniqueFd spawn_questions;  // of install_spawn_filter(), where that was asked for and worked
};

struct LaunchOptions {
  bool asks_before_fork = false;
  bool dumps_no_core = false;  // it is going to be sent signals that would
  bool speaks_protocol =
      true;  // else its input is at its end, and its output is one with its errors
};

// A variable in the environment of the target, and so of all that it starts: how an orphan is known
// that was never seen below it.
inline constexpr const char* kRunVariable = "REVENANT_CHAOS_RUN";

// The path of the program as exec would find it. TargetUnusable where there is none, or it may not
// be executed.
[[nodiscard]] std::string find_program(const std::string& program);

// The child is the leader of a session of its own (Ctrl-C reaches the harness alone), has default
// signal dispositions, no descriptor but its three, the resource limits that the harness was
// started with, and is killed by the kernel when the calling thread ends.
//
// TargetUnusable: not found, not executable, or exec refused it. std::system_error: no descriptors
// or processes left. In either case no child is left.
[[nodiscard]] Launched launch(const std::vector<std::string>& command, const std::string& run_id,
                              LaunchOptions options = {});

}  // namespace revenant::chaos
