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
  loses_on_kill,          // forgets the task that a dead worker had -> lost
  loses_on_second_death,  // the same, but only once                 -> lost
  loses_rarely,           // drops one result of a thousand, with no death -> lost
  loses_when_two_die,     // the same, if another worker died just before -> lost
  believes_exit_0,        // takes the task of a worker that exits with 0 for done -> poison
  answers_twice,          // does a dead worker's last task again, answered or not -> duplicated
  answers_twice_once,     // the same, at its third death            -> duplicated
  spoils_second_try,      // a task that is done again works on a damaged argument -> corrupted
  spoils_rarely,          // one task of fifty, at any try           -> corrupted
  answers_a_stranger,     // also answers for an id that nobody gave, after a death -> unexpected
  gives_up_and_answers,   // says `failed` and does the task all the same -> unexpected
  gives_up,               // says `failed` for the task that a dead worker had -> failed
  gives_up_once,          // the same, at its second death           -> failed
  gives_up_all,           // says `failed` for every open task when a worker dies -> innocent-failed
  gives_up_the_next,      // at its second death for the next in the queue -> innocent-failed
  stops_dispatching,      // after its third death gives no more tasks to workers -> stalled
  stops_after_idle_death,    // the same, once a worker died that had no task -> stalled
  forgets_the_first,         // never replaces the first worker that dies -> shrunk
  forks_once,                // does not try again when a fork is refused -> shrunk
  replaces_late,             // waits for two seconds before it replaces -> slow-recovery
  replaces_the_second_late,  // the same, at its second death           -> slow-recovery
  crashes,                   // exits with code 1 at its third death    -> target-crashed
  crashes_on_idle_death,     // when a worker dies that had no task     -> target-crashed
  abandons,                  // its second generation outlives it       -> orphan
  outlived_by_workers,       // its workers go when it tells them, not when it is killed -> orphan
  never_reaps,               // leaves its dead as zombies              -> zombie
  leaves_one_zombie,         // its third                               -> zombie
  logs_on_stdout,            // says "worker 17 died" where results belong -> unreadable
  logs_once,                 // at its second death                     -> unreadable
  never_gives_up,            // tries for ever a task that kills its workers -> poison
  forgets_poison,            // gives such a task up without a word     -> poison
  black_hole,                // its second generation fails every task at once -> black-hole
  late_black_hole,           // one worker of the third generation does -> black-hole
  executes_twice,            // gives one task of fifty to two workers, answers once -> executions
  answers_undone,            // answers one task of forty without doing it -> executions
  starves_successors,        // never gives a task to a new worker      -> unfair
  starves_the_third,         // to its third successor                  -> unfair
  leaks_sockets,             // never closes the socket of a dead worker -> fd-leak
  leaks_every_third,         // of each third                           -> fd-leak
  hoards,                    // keeps 256 KiB for each death            -> memory-growth
  hoards_a_little,           // 48 KiB                                  -> memory-growth
  works_alone,               // has no workers: the main process does it all -> too-few-faults
  declares_nobody,  // says that its workers are processes that it has not -> too-few-faults
  kills_its_own,    // sends SIGKILL to a worker now and then  -> external-kill
  kills_one,        // once, after 300 answers                 -> external-kill
  refuses,          // says `failed` for each task as it comes -> nothing-finished
  hides_results,    // has each task done, and says `failed`   -> nothing-finished
};

[[nodiscard]] std::optional<Mutation> mutation_named(std::string_view name) noexcept;

}  // namespace revenant::chaos::targets
