// Runs a target under faults and judges what happened.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "revenant/chaos/options.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

struct RunResult {
  Verdict verdict;
  std::string run_folder;
  // Why the run ended ("all tasks done", "the target exited before it said ready"), and the last
  // that the target wrote on its standard error where that may explain it.
  std::string ended;
  std::string last_words;
  bool said_ready = false;
  std::optional<int> target_status;  // as from waitpid, of the target's main process
  // Where it ran differently from what was asked, in sentences.
  std::vector<std::string> notes;
};

// The target cannot do what was asked of it: no such program, not executable, or an operation that
// it does not announce. what() names it and says what to do.
struct TargetUnusable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Blocks until the run is over and nothing of the target's tree is left. One run a process at a
// time, on a thread that lives until it returns: the target is tied to that thread and dies with it
// (PR_SET_PDEATHSIG). While it runs, this process adopts the orphans of the target's tree
// (PR_SET_CHILD_SUBREAPER) and reaps those, and only those, children; the calling thread blocks
// SIGPIPE. The soft limit of descriptors is raised to the hard one and stays so.
//
// Signals are sent only to processes that were seen below the target. A target that is attached to
// is neither ended nor tied to this process.
//
// std::invalid_argument: options that make no sense. TargetUnusable: see there. std::system_error:
// the harness itself failed (no descriptors, no space for the run folder).
[[nodiscard]] RunResult run(const RunOptions& options);

// Throws std::invalid_argument, naming the option as on the command line.
void check_options(const RunOptions& options);

// The plan of the run, as `--dry-run` prints it: a line a fault, without starting anything.
[[nodiscard]] std::string describe_plan(const RunOptions& options);

}  // namespace revenant::chaos
