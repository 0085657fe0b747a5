// A pool in ten lines: give it tasks, take what became of them.
#include <cstdio>
#include <string>

#include "revenant/pool.h"

int main() {
  // Runs in a worker process.
  const auto greet = [](std::string_view name) { return "hello, " + std::string(name); };

  revenant::Pool pool(greet, {.workers = 2});
  const char* const names[] = {"ada", "grace", "edsger"};
  for (std::uint64_t tag = 0; tag < 3; ++tag) {
    if (pool.submit(names[tag], tag) != revenant::SubmitResult::accepted) return 1;
  }

  int completed = 0;
  const bool all = pool.drain(std::chrono::seconds(30), [&](const revenant::Outcome& outcome) {
    std::printf("task %d, done by process %d: %.*s\n", static_cast<int>(outcome.tag),
                outcome.worker, static_cast<int>(outcome.value.size()), outcome.value.data());
    completed += outcome.kind == revenant::OutcomeKind::completed ? 1 : 0;
  });
  return all && completed == 3 ? 0 : 1;
}
