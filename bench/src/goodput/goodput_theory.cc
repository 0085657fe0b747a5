#include <algorithm>

#include "bench/src/goodput/goodput.h"

namespace revenant::bench {

double GoodputTheory::tasks_per_second(double kills_per_second) const {
  const double for_kills = kills_per_second * (kill_seconds + task_seconds / 2);
  return std::max(0.0, processors - for_kills) / task_seconds;
}

GoodputTheory calibrate(const Goodput& calm, const Goodput& killed, unsigned processors) {
  // More processors than workers are of no use to them.
  const double used = std::min<double>(processors, kGoodputWorkers);
  const double task_seconds = used / calm.tasks_per_second;
  const double for_kills = used - killed.tasks_per_second * task_seconds;
  return {.processors = used,
          .task_seconds = task_seconds,
          .kill_seconds = for_kills / killed.kills_per_second - task_seconds / 2};
}

}  // namespace revenant::bench
