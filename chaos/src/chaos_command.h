// `revenant chaos`: the command line of the harness.
#pragma once

#include <string>

namespace revenant::chaos {

struct CommandResult {
  // 0 pass, 1 fail, 2 unknown, 3 wrong usage or no usable target, 4 the harness itself failed.
  int exit_code = 0;
  std::string run_folder;  // empty if none was made
};

// argv[0] is the verb's full name, "revenant chaos". Never throws. Blocks SIGINT, SIGTERM and
// SIGHUP of the calling thread while it runs: they end the run early, in good order.
[[nodiscard]] CommandResult run_chaos_command(int argc, char** argv);

}  // namespace revenant::chaos
