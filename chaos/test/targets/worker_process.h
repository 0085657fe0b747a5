// One worker of the test pool: a forked process that does one task at a time, at the other end of a
// socket.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "chaos/test/targets/work.h"

namespace revenant::chaos::targets {

struct WorkerProcess {
  pid_t pid = -1;
  int socket = -1;
  std::optional<Task> task = std::nullopt;  // given to it and not answered
  std::optional<Task> last = std::nullopt;  // the one that it answered before
  std::string from_worker = {};             // its answer so far
  std::string to_worker = {};               // what its socket did not take yet
  bool starved = false;                     // is given no task
};

struct WorkerHabits {
  bool spoil_second_try = false;
  bool spoil_rarely = false;
  bool fail_everything = false;   // at once
  bool skip_some = false;         // answers without doing
  bool outlive_the_pool = false;  // neither dies with the pool nor heeds the end of its input
};

// Forks; without a pid if the system refuses. The child closes `others`, the pool's ends of its
// siblings' sockets: while any process holds one open, the death of that sibling's pool would not
// be seen.
[[nodiscard]] WorkerProcess start_worker(const std::vector<int>& others, WorkerHabits habits);

}  // namespace revenant::chaos::targets
