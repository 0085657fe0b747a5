// After the end of a run: nothing of the target's tree may be left.
#pragma once

#include "chaos/src/process_tree.h"
#include "chaos/src/recorder.h"

namespace revenant::chaos {

// Records each living member of the tree as a Leftover, with its state, name and command.
void record_leftovers(ProcessTree& tree, Recorder& recorder);

// The same of a tree whose main process lives on: of those whose parent is neither that nor a
// member any more.
void record_strays(ProcessTree& tree, Recorder& recorder);

// SIGKILL, through their pidfds, to all living members, again and again while new ones are found,
// and reaps those that are children of this process. Returns once none is left, or after
// kKillBound.
void kill_tree(ProcessTree& tree);

inline constexpr Nanos kKillBound = 5'000'000'000;

}  // namespace revenant::chaos
