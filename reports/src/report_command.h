// `revenant report`.
#pragma once

namespace revenant::reports {

// Parses the words after the verb (argv[0] is "revenant report"), writes the report and prints the
// path of its page as the last line on standard output. What the page lacks goes to standard error.
// Returns the exit code: 0, 3 for wrong usage or an unusable input (nothing is written then), 4 if
// the report could not be written.
int run_report_command(int argc, char** argv);

}  // namespace revenant::reports
