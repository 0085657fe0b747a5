// `revenant doctor`.
#pragma once

namespace revenant::ci {

// argv[0] is the name to speak of oneself by. Returns the exit code.
[[nodiscard]] int run_doctor_command(int argc, char** argv);

}  // namespace revenant::ci
