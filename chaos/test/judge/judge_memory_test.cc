// That the judge's memory does not grow with the number of tasks: counted in bytes that are
// allocated, which are the same in every run, and not as the resident memory of a process.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "chaos/src/task_account.h"

namespace {

std::size_t allocated = 0;
std::size_t allocated_max = 0;

}  // namespace

// One thread; what the test framework allocates meanwhile is the same for every history.
void* operator new(std::size_t bytes) {
  void* const memory = std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  allocated += ::malloc_usable_size(memory);
  allocated_max = std::max(allocated_max, allocated);
  return memory;
}
void operator delete(void* memory) noexcept {
  if (memory != nullptr) allocated -= ::malloc_usable_size(memory);
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace revenant::chaos {
namespace {

constexpr Nanos kRun = 10 * kSecond;
constexpr std::uint64_t kOpen = 64;

HistoryEvent given(Nanos t, std::uint64_t id) {
  return {t, TaskSubmitted{id, "crc32", t, Digest{.is_number = true, .number = id}}};
}
HistoryEvent answered(Nanos t, std::uint64_t id) {
  const auto worker = static_cast<pid_t>(100 + id % 4);
  return {t, TaskResult{id, Digest{.is_number = true, .number = id}, worker, 1u}};
}

// The most bytes that were allocated at once, for this many tasks in the same time. Every
// `lost_every`-th is never answered, if that is not 0.
std::size_t peak_of(std::uint64_t tasks, std::uint64_t lost_every = 0) {
  HistoryIndex index;
  index.add({0, RunStarted{1, "completes", 1, kSecond, 5 * kSecond, 0, 0, 0}});
  index.add({0, PhaseBegan{Phase::chaos}});
  index.pass_over(kRun);
  const Strength strength = measure_strength(index);
  allocated_max = allocated;
  const std::size_t before = allocated;
  TaskAccount account(index, strength);
  for (std::uint64_t id = 1; id <= tasks + kOpen; ++id) {
    const Nanos t = static_cast<Nanos>(id) * (kRun / static_cast<Nanos>(tasks + kOpen));
    if (id <= tasks) account.add(given(t, id));
    const std::uint64_t done = id > kOpen ? id - kOpen : 0;
    if (done == 0 || (lost_every != 0 && done % lost_every == 0)) continue;
    account.add(answered(t, done));
  }
  EXPECT_EQ(account.ledger.given(), tasks);
  EXPECT_EQ(account.ledger.open(), lost_every == 0 ? 0 : tasks / lost_every);
  return allocated_max - before;
}

TEST(MemoryOfTheJudge, IsTheSameForEightTimesTheTasks) {
  const std::size_t of_few = peak_of(20'000);
  EXPECT_LE(peak_of(160'000), of_few + of_few / 100);
}

TEST(MemoryOfTheJudge, GrowsByThoseThatAreLostAlone) {
  const std::size_t of_few = peak_of(20'000);
  const std::size_t lost = 160'000 / 1000;
  EXPECT_LE(peak_of(160'000, 1000), of_few + lost * 512);
}

}  // namespace
}  // namespace revenant::chaos
