// A service that is told to stop: it takes no more tasks, finishes what it can in the time that it
// has, and says of every other task that it was not done.
#include <time.h>

#include <cstdio>
#include <string>

#include "revenant/pool.h"

int main() {
  const auto work = [](std::string_view text) {
    const bool slow = text == "slow";
    const timespec time{slow ? 3600 : 0, slow ? 0 : 1'000'000};
    ::nanosleep(&time, nullptr);
    return std::string("done");
  };
  revenant::Pool pool(work, {.workers = 2});
  // 30 tasks of a millisecond, and one that takes an hour.
  for (std::uint64_t tag = 0; tag < 31; ++tag) {
    if (pool.submit(tag == 0 ? "slow" : "fast", tag) != revenant::SubmitResult::accepted) return 1;
  }

  int completed = 0, cancelled = 0;
  const bool all_done =
      pool.shutdown(std::chrono::seconds(2), [&](const revenant::Outcome& outcome) {
        completed += outcome.kind == revenant::OutcomeKind::completed ? 1 : 0;
        cancelled += outcome.kind == revenant::OutcomeKind::cancelled ? 1 : 0;
      });
  std::printf("%d tasks completed, %d cancelled\n", completed, cancelled);
  const bool refuses = pool.submit("late") == revenant::SubmitResult::stopped;
  // How many were done depends on the machine; that each has its outcome does not.
  return !all_done && cancelled >= 1 && completed + cancelled == 31 && refuses ? 0 : 1;
}
