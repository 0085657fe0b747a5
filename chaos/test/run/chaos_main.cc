// `revenant chaos` alone, for tests that need it as a process of its own.
#include <string>

#include "chaos/src/chaos_command.h"

int main(int argc, char** argv) {
  std::string name = "revenant chaos";
  argv[0] = name.data();
  return revenant::chaos::run_chaos_command(argc, argv).exit_code;
}
