// `revenant` with the one verb `chaos`, for tests that need it as a process of its own.
#include <cstdio>
#include <string>

#include "chaos/src/chaos_command.h"

int main(int argc, char** argv) {
  if (argc < 2 || std::string(argv[1]) != "chaos") {
    std::fputs("usage: chaos_test_main chaos [OPTIONS] [-- PROGRAM ARGS...]\n", stderr);
    return 3;
  }
  std::string name = "revenant chaos";
  argv[1] = name.data();
  return revenant::chaos::run_chaos_command(argc - 1, argv + 1).exit_code;
}
