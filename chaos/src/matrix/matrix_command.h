// `revenant matrix`.
#pragma once

namespace revenant::chaos {

// Returns the exit code.
int run_matrix_command(int argc, char** argv);

}  // namespace revenant::chaos
