// `revenant chaos`: the command line of the harness.
#pragma once

#include <string>
#include <vector>

namespace revenant::chaos {

struct CommandResult {
  // 0 pass, 1 fail, 2 unknown, 3 wrong usage or no usable target, 4 the harness itself failed.
  int exit_code = 0;
  std::vector<std::string> run_folders = {};
  std::string set_folder = {};  // of a scenario, with scenario.json; else empty
  std::string junit = {};       // junit.xml of all of them; empty if there was no run
  std::string last_line = {};   // to be printed when everything else has been; may be empty
};

// argv[0] is the verb's full name, "revenant chaos". Never throws. Blocks SIGINT, SIGTERM and
// SIGHUP of the calling thread while it runs: they end the run early, in good order.
[[nodiscard]] CommandResult run_chaos_command(int argc, char** argv);

}  // namespace revenant::chaos
