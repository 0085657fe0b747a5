// Which workers are busy, learned from the pool's events.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <vector>

#include "revenant/observer.h"

namespace revenant::bench {

// On the thread that drives the pool.
class Roster {
 public:
  void note(const Event& event);

  // The living workers that have a task, in the order of their pids.
  [[nodiscard]] std::vector<pid_t> busy() const;

 private:
  std::map<pid_t, std::int64_t> open_tasks_;
};

}  // namespace revenant::bench
