// Kills its own workers by SIGKILL while they work, and counts what arrives.
#include <signal.h>
#include <sys/wait.h>

#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "revenant/pool.h"

int main() {
  constexpr std::size_t kTasks = 20'000;
  std::set<pid_t> living;
  std::size_t killed = 0, done = 0;
  revenant::PoolOptions options{.workers = 4, .attempts_max = 100};
  options.observer = [&](const revenant::Event& event) {
    using enum revenant::EventKind;
    if (event.kind == ready) living.insert(event.pid);
    if (event.kind == died_early || event.kind == died_final) living.erase(event.pid);
    if (WIFSIGNALED(event.status) && WTERMSIG(event.status) == SIGKILL) ++killed;
  };
  revenant::Pool pool([](std::string_view text) { return std::string(text) + "!"; }, options);

  std::vector<int> correct(kTasks, 0);
  const auto take = [&](const revenant::Outcome& outcome) {
    correct[outcome.tag] += outcome.value == std::to_string(outcome.tag) + "!" ? 1 : -1;
    // It has others of our tasks before it.
    if (++done % 100 == 0 && living.contains(outcome.worker)) ::kill(outcome.worker, SIGKILL);
  };
  for (std::size_t tag = 0; tag < kTasks; ++tag) {
    if (pool.submit(std::to_string(tag), tag) != revenant::SubmitResult::accepted) return 1;
    if (pool.open_tasks() > 64) pool.poll(std::chrono::seconds(30), take);
  }
  const bool ended = pool.shutdown(std::chrono::seconds(60), take);
  const bool all = correct == std::vector<int>(kTasks, 1);
  std::printf("%zu tasks, %zu outcomes, %zu workers killed: %s\n", kTasks, done, killed,
              all ? "one correct result each" : "some were lost, doubled or wrong");
  return ended && all && killed > 0 ? 0 : 1;
}
