// `revenant` with the verbs of this folder, for tests that need it as a process of its own.
#include <cstdio>
#include <string>

#include "chaos/src/chaos_command.h"
#include "chaos/src/repeat_command.h"

int main(int argc, char** argv) {
  const std::string verb = argc > 1 ? argv[1] : "";
  std::string name = "revenant " + verb;
  if (argc > 1) argv[1] = name.data();
  if (verb == "chaos") {
    const auto result = revenant::chaos::run_chaos_command(argc - 1, argv + 1);
    if (!result.last_line.empty()) std::puts(result.last_line.c_str());
    return result.exit_code;
  }
  if (verb == "replay") return revenant::chaos::run_replay_command(argc - 1, argv + 1);
  if (verb == "shrink") return revenant::chaos::run_shrink_command(argc - 1, argv + 1);
  std::fputs("usage: chaos_test_main chaos|replay|shrink ...\n", stderr);
  return 3;
}
