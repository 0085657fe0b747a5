// The command line of `revenant bench`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/src/catalogue.h"
#include "bench/src/reporters.h"

namespace revenant::bench {

struct Flags {
  Settings settings;
  std::string out;  // the JSON file
  bool list = false;
  Display display = Display::console;
  bool colour = false;
  bool tabular = false;
  // What is left for the library, in order, argv[0] first.
  std::vector<std::string> library;
};

// Either the flags, or the exit code with which the command is to end: --help (0), or wrong usage
// (3), both already said.
struct ParsedFlags {
  std::optional<Flags> flags = std::nullopt;
  int exit_code = 0;
};

[[nodiscard]] ParsedFlags parse_flags(int argc, char** argv);

}  // namespace revenant::bench
