// `revenant compare`.
#pragma once

#include <string>

namespace revenant::reports {

// Parses the words after the verb (argv[0] is "revenant compare"), compares, and prints the result
// on standard output; its last line is the conclusion (but with --json and --markdown). Returns the
// exit code: 0, 1 if a gate is broken, 2 if the data does not tell, 3 for wrong usage or an
// unusable input, 4 if something could not be started or written.
struct CompareResult {
  int exit_code = 0;
  std::string junit = {};  // the junit.xml that was written; empty: none
};
CompareResult run_compare_command(int argc, char** argv);

}  // namespace revenant::reports
