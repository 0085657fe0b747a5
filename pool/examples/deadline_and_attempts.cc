// A task that hangs and a task that kills its worker: both are given up, and say why.
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "revenant/pool.h"

int main() {
  const auto work = [](std::string_view task) -> std::string {
    while (task == "hang") ::pause();
    if (task == "crash") ::raise(SIGKILL);
    // An outside hand killed the worker once: the second attempt succeeds.
    if (task == "crash once" && revenant::current_task().attempt == 1) ::raise(SIGKILL);
    return "done";
  };
  revenant::Pool pool(
      work, {.workers = 2, .attempts_max = 2, .deadline = std::chrono::milliseconds(300)});

  const char* const tasks[] = {"hang", "crash", "crash once", "easy"};
  for (std::uint64_t tag = 0; tag < 4; ++tag) {
    if (pool.submit(tasks[tag], tag) != revenant::SubmitResult::accepted) return 1;
  }
  revenant::Reason reasons[4] = {};
  unsigned attempts[4] = {};
  if (!pool.drain(std::chrono::seconds(30), [&](const revenant::Outcome& outcome) {
        reasons[outcome.tag] = outcome.reason;
        attempts[outcome.tag] = outcome.attempts;
        std::printf("%-10s  %s after %u attempts (%s)\n", tasks[outcome.tag],
                    to_string(outcome.kind).data(), outcome.attempts,
                    to_string(outcome.reason).data());
      }))
    return 1;
  using revenant::Reason;
  const bool as_said = reasons[0] == Reason::deadline && reasons[1] == Reason::worker_died &&
                       reasons[2] == Reason::none && reasons[3] == Reason::none;
  return as_said && attempts[0] == 2 && attempts[1] == 2 && attempts[2] == 2 ? 0 : 1;
}
