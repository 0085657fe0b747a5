// Kills its own workers by SIGKILL while they work, and counts what arrives.
#include <signal.h>

#include <cstdio>
#include <string>
#include <vector>

#include "revenant/pool.h"

int main() {
  constexpr std::uint64_t kTasks = 20'000;
  const auto twice = [](std::string_view text) { return std::string(text) + std::string(text); };

  std::vector<int> outcomes(kTasks, 0);
  std::size_t correct = 0, done = 0, kills = 0, deaths = 0;
  revenant::PoolOptions options{.workers = 4, .attempts_max = 100, .restarts_max = 100'000};
  options.observer = [&](const revenant::Event& event) {
    deaths += event.kind == revenant::EventKind::died_final ? 1 : 0;
  };
  revenant::Pool pool(twice, options);

  const auto take = [&](const revenant::Outcome& outcome) {
    const std::string text = std::to_string(outcome.tag);
    ++outcomes[outcome.tag];
    correct += outcome.value == text + text ? 1 : 0;
    // The worker that has just answered has others of our tasks before it.
    if (++done % 100 == 0) kills += ::kill(outcome.worker, SIGKILL) == 0 ? 1 : 0;
  };
  for (std::uint64_t tag = 0; tag < kTasks; ++tag) {
    while (pool.submit(std::to_string(tag), tag) != revenant::SubmitResult::accepted) return 1;
    if (pool.open_tasks() > 64) pool.poll(std::chrono::seconds(30), take);
  }
  if (!pool.drain(std::chrono::seconds(30), take) || !pool.shutdown(std::chrono::seconds(30), take))
    return 1;
  for (const int times : outcomes) correct -= times == 1 ? 0 : 1;
  std::printf("%zu of %zu tasks have one correct result each; %zu kills sent, %zu workers died\n",
              correct, static_cast<std::size_t>(kTasks), kills, deaths);
  return correct == kTasks && kills > 0 && deaths >= kills ? 0 : 1;
}
