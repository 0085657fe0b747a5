// Ends with 0 if a pool can be made, given tasks, and gives their results back.
#include <revenant/pool.h>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>

int main() {
  revenant::Pool pool([](std::string_view payload) { return std::string(payload) + "!"; },
                      {.workers = 2});
  constexpr std::uint64_t kTasks = 100;
  for (std::uint64_t tag = 0; tag < kTasks; ++tag) {
    if (pool.submit(std::to_string(tag), tag) != revenant::SubmitResult::accepted) return 1;
  }
  std::uint64_t right = 0;
  const auto count = [&right](const revenant::Outcome& outcome) {
    if (outcome.value == std::to_string(outcome.tag) + "!") ++right;
  };
  if (!pool.drain(std::chrono::seconds(60), count)) return 1;
  std::cout << right << " of " << kTasks << " tasks came back\n";
  return right == kTasks ? 0 : 1;
}
