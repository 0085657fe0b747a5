// Named instructions at which the tests kill a process.
//
// Between two of the writes that another process can see there is one of these. Built with
// REVENANT_CRASH_POINTS (the tests' copy of the library) each is a place to die; otherwise it is
// nothing at all.
#pragma once

#include <signal.h>

#include <cstdint>

namespace revenant {

enum class CrashPoint : std::uint8_t {
  none,
  // worker, in the order in which it meets them
  worker_forked,            // nothing done yet; the supervisor knows nothing of it
  worker_claimed,           // the slot carries its pid
  worker_locked,            // holds the robust lock: from here on there is an early notice
  worker_ready_unrung,      // says that it is ready, has not rung
  worker_warmed_up,         // a spare or a replacement: has touched its rings
  worker_says_it_begins,    // has counted the task, and not looked whether it was taken back
  worker_task_begun,        // the task is its own, the function has not been called
  worker_fragment_read,     // has freed a fragment of a large task, has not rung
  worker_result_unwritten,  // the function has returned
  worker_fragment_written,  // a fragment of a large result is published, and not the last
  worker_result_unpublished,
  worker_result_published,  // the bell has not been touched
  worker_bit_set,           // the ready bit is set, the supervisor's word not yet looked at
  worker_rung,              // has woken the supervisor, whose word still says that it sleeps
  worker_word_taken,        // the word says that the supervisor is awake
  worker_task_unreleased,   // has rung, the task's bytes are not given back
  worker_says_it_sleeps,    // its word is 1, it has not looked again
  worker_woken,             // its word is 0 again
  worker_leaving,
  // nursery
  nursery_asked,   // has read a request, not forked
  nursery_forked,  // has a worker that it has not reported
  nursery_reported,
  nursery_reaped,  // has taken an exit status that it has not reported
  // supervisor
  supervisor_asked,   // has asked for a worker
  supervisor_forked,  // has forked the nursery
  last,
};

#ifdef REVENANT_CRASH_POINTS

// Arms `point`: the process that passes it for the `nth` time (counted over all processes forked
// from the caller after the first such call) is sent `signal`, and so are those that pass it next
// until `kills` have been.
void arm_crash_point(CrashPoint point, std::uint32_t nth, std::uint32_t kills,
                     int signal = SIGKILL);
[[nodiscard]] std::uint32_t crash_point_kills();

void crash_point(CrashPoint point) noexcept;

#else

inline void crash_point(CrashPoint) noexcept {}

#endif

}  // namespace revenant
