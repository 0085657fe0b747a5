# Run at each build: writes what this build was made of into OUTPUT, and touches it only when that
# has changed. A tree that is not a git checkout has no commit, and that is fine.
set(commit "")
find_program(git git)
if(git)
  execute_process(COMMAND ${git} -C ${SOURCE} rev-parse --show-toplevel
    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  # A copy of the sources within someone else's repository is not of that repository's commit.
  if(top STREQUAL SOURCE)
    execute_process(COMMAND ${git} -C ${SOURCE} describe --always --dirty --abbrev=12
      OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
// Made by ci/cmake/commit.cmake.
#pragma once

namespace revenant::build {
inline constexpr const char* kVersion = "@VERSION@";
inline constexpr const char* kCommit = "@commit@";  // empty where there is none
inline constexpr const char* kCompiler = "@COMPILER@";
inline constexpr const char* kType = "@TYPE@";
}  // namespace revenant::build
]])
