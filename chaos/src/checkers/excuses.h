// Which tasks may fail because of a fault: those that were on its victim.
#pragma once

#include <unordered_map>
#include <vector>

#include "chaos/src/history_index.h"

namespace revenant::chaos {

// Gives out excuses: where the target names the worker, that worker must have been a victim before
// the task ended; else each victim excuses one task that was open when it was hit. A victim of
// exit0 excuses nobody: the task that it had is the one that ended it.
class Excuses {
 public:
  explicit Excuses(const HistoryIndex& index);

  // `worker`: whom the target names, if it does. `end` is when the task failed, or was known to be
  // lost. Uses up an excuse.
  bool excuse(pid_t worker, Nanos submitted, Nanos end);

 private:
  struct Victim {
    Nanos sent;
    Nanos over;
    bool used;
  };
  std::vector<Victim> victims_;  // by `sent`
  Nanos in_force_max_ = 0;
  std::unordered_map<pid_t, Nanos> first_hit_;
};

}  // namespace revenant::chaos
