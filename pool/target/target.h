// The pool as a program: tasks come in as lines, outcomes go out as lines (target protocol).
#pragma once

#include <string>
#include <vector>

#include "pool/target/operations.h"
#include "pool/target/program/program_pool.h"
#include "revenant/options.h"

namespace revenant::target {

struct TargetOptions {
  // on_worker_start and observer are the target's own.
  PoolOptions pool;
  // Who carries the tasks out: a program, or, without a command, the workers themselves.
  ProgramOptions program;
  std::vector<std::string> operations = operation_names();
  int input = 0;
  int output = 1;
};

// Serves until the end of input, SIGTERM or SIGINT, and until what was open has its outcome. One
// thread, which blocks these two signals for good. Returns the exit code: 0, or 1 if the reader of
// the output has gone, the input failed, or the pool stopped itself; a sentence on standard error
// says so. Throws what the pool's constructor throws.
[[nodiscard]] int run_target(const TargetOptions& options);

}  // namespace revenant::target
