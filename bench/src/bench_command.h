// `revenant bench`.
#pragma once

namespace revenant::bench {

// Runs the benchmarks that the arguments select in this process, which must have one thread. The
// table goes to standard output, the numbers to a JSON file. argv[0] is the verb's full name.
// Returns the exit code: 0, 1 (a benchmark ended in an error), 3 (wrong usage) or 4 (the file could
// not be written). Once a process.
int run_bench_command(int argc, char** argv);

}  // namespace revenant::bench
