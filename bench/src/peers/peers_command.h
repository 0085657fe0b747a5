// `revenant bench --peers`.
#pragma once

namespace revenant::bench::peers {

// Whether the command line of `revenant bench` asks for it.
[[nodiscard]] bool is_peers_command(int argc, char** argv);

// Returns the exit code: 0; 1 if a run ended in an error; 2 if not one peer could be run; 3 for
// wrong usage; 4 if the file could not be written.
[[nodiscard]] int run_peers_command(int argc, char** argv);

}  // namespace revenant::bench::peers
