// What the checkers have before them: the index of one history, and what several of them need of
// it.
#pragma once

#include <vector>

#include "chaos/src/history_index.h"
#include "chaos/src/quiet.h"
#include "chaos/src/strength.h"
#include "chaos/src/task_account.h"

namespace revenant::chaos {

// How the target's main process ended.
enum class TargetEnd {
  not_seen,           // the history does not say
  in_good_order,      // by itself with code 0, after its input had ended
  crashed,            // by itself, with another code or before its input had ended
  killed_by_fault,    // by kill-main or kill-group: what was open went with it, as it must
  killed_by_other,    // by a SIGKILL that was not injected
  had_to_be_stopped,  // it outlived the bound after the end of its input
};

// What became of the tasks that have no outcome. One answer for all of them: the cause, not its
// consequences.
enum class OpenTasks {
  none,
  run_cut_short,     // nobody waited for them
  went_with_target,  // it crashed or was killed: see there
  unreadable,        // no more than there are lines that could not be read: each may be an outcome
  without_workers,   // nobody was left to do them: see `shrunk`
  poison,            // all of them are of the kind that ends its workers
  lost,              // the target ended, or went on with later tasks, without them
  stalled,           // the target stopped answering
};

struct Evidence {
  const HistoryIndex& index;
  const TaskAccount& tasks;
  const Strength& strength;
  std::vector<OpenTask> never_answered = {};  // in the order in which they were given
  std::vector<Quiet> quiets = {};             // all that are long enough to matter to any checker
  TargetEnd target_end = TargetEnd::not_seen;
  OpenTasks open_tasks = OpenTasks::none;
  // The most outcomes that later tasks had while one and the same task was left open.
  std::uint64_t overtaken_by = 0;
};

[[nodiscard]] Evidence gather(const HistoryIndex& index, const Strength& strength,
                              const TaskAccount& tasks);

// Whether the quiet time counts as `stalled`.
[[nodiscard]] bool is_stall(const Evidence& evidence, const Quiet& quiet);

// From when on a vacancy is the target's to fill: since the death, or since processes could be
// started again where they were refused (spawn-fails) at any time while it was empty.
[[nodiscard]] Nanos fillable_since(const Evidence& evidence, const Vacancy& vacancy);

// Where a place was still empty when the work ended, and had been for longer than recover_within.
[[nodiscard]] std::vector<const Vacancy*> never_filled(const Evidence& evidence);

}  // namespace revenant::chaos
