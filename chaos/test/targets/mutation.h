// In what a target differs from a correct one.
//
// Each enumerator is one fault of a kind that real pools have, and is asked about in exactly one
// place of the pool. Its name on the command line has '-' for '_'.
#pragma once

#include <optional>
#include <string_view>

namespace revenant::chaos::targets {

enum class Mutation {
  none,
  loses_on_kill,         // forgets the task that a dead worker had              -> lost
  answers_twice,         // does a dead worker's last task again, answered or not -> duplicated
  spoils_second_try,     // a task that is done again works on a damaged argument -> corrupted
  answers_a_stranger,    // also answers for an id that nobody gave, after a death -> unexpected
  gives_up_and_answers,  // says `failed` and does the task all the same         -> unexpected
  gives_up,              // says `failed` for the task that a dead worker had    -> failed
  gives_up_all,          // says `failed` for every open task when a worker dies -> innocent-failed
  stops_dispatching,     // after its third death gives no more tasks to workers -> stalled
  forgets_the_first,     // never replaces the first worker that dies            -> shrunk
  replaces_late,         // waits for two seconds before it replaces             -> slow-recovery
  crashes,               // exits with code 1 at its third death                 -> target-crashed
  abandons,              // its second generation outlives it                    -> orphan
  outlived_by_workers,   // its workers go when it tells them, not when it is killed -> orphan
  believes_exit_0,       // takes the task of a worker that exits with 0 for done -> lost
  forks_once,            // does not try again when a fork is refused            -> shrunk
  never_reaps,           // leaves its dead as zombies                           -> zombie
  logs_on_stdout,        // says "worker 17 died" where results belong           -> unreadable
  works_alone,           // has no workers: the main process does it all         -> too-few-faults
  kills_its_own,         // sends SIGKILL to a worker now and then               -> external-kill
};

[[nodiscard]] std::optional<Mutation> mutation_named(std::string_view name) noexcept;

}  // namespace revenant::chaos::targets
