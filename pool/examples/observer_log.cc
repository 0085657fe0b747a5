// Everything that happens in a pool, one line an event: here one worker's death and its
// consequences.
#include <signal.h>
#include <sys/wait.h>

#include <cstdio>
#include <string>

#include "revenant/pool.h"

int main() {
  const auto begun = std::chrono::steady_clock::now();
  bool blamed = false, moved_on = false, died = false;
  revenant::PoolOptions options{.workers = 1, .spares = 1};
  options.observer = [&](const revenant::Event& event) {
    const std::chrono::duration<double, std::milli> at = event.at - begun;
    std::printf("%8.3f ms  %-20s slot %2d  pid %d", at.count(), to_string(event.kind).data(),
                event.slot, event.pid);
    if (event.status >= 0 && WIFSIGNALED(event.status)) {
      std::printf("  killed by signal %d", WTERMSIG(event.status));
    }
    std::printf("\n");
    blamed |= event.kind == revenant::EventKind::blamed && event.tag == 7;
    moved_on |= event.kind == revenant::EventKind::moved_on && event.tag == 7;
    died |= event.kind == revenant::EventKind::died_final;
  };

  const auto work = [](std::string_view) {
    if (revenant::current_task().attempt == 1) ::raise(SIGKILL);
    return std::string("done");
  };
  revenant::Pool pool(work, options);
  const auto ignore = [](const revenant::Outcome&) {};
  if (pool.submit("task", 7) != revenant::SubmitResult::accepted) return 1;
  const bool drained = pool.drain(std::chrono::seconds(30), ignore);
  const bool closed = pool.shutdown(std::chrono::seconds(30), ignore);
  return drained && closed && blamed && moved_on && died ? 0 : 1;
}
