// The record of what is open.
#include "pool/src/ledger.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "pool/src/slot.h"

namespace revenant {
namespace {

std::vector<std::uint64_t> drain(Ledger& ledger) {
  std::vector<std::uint64_t> tags;
  while (ledger.has_waiting()) tags.push_back(ledger[ledger.take_first_waiting()].tag);
  return tags;
}

TEST(Ledger, GivesTasksOutInTheOrderInWhichTheyCame) {
  Ledger ledger;
  for (std::uint64_t tag : {1U, 2U, 3U}) ledger.wait_at_back(ledger.add("", tag));
  EXPECT_EQ(drain(ledger), (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST(Ledger, TasksMovedOnGoBeforeThoseThatWaitInTheirOldOrder) {
  Ledger ledger;
  const TaskIndex a = ledger.add("", 1);
  const TaskIndex b = ledger.add("", 2);
  ledger.wait_at_back(ledger.add("", 3));
  // From the newest to the oldest, as recovery does it.
  ledger.wait_at_front(b);
  ledger.wait_at_front(a);
  EXPECT_EQ(drain(ledger), (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST(Ledger, AnEmptiedQueueTakesTasksAtEitherEnd) {
  Ledger ledger;
  ledger.wait_at_front(ledger.add("", 1));
  EXPECT_EQ(drain(ledger), (std::vector<std::uint64_t>{1}));
  ledger.wait_at_front(ledger.add("", 2));
  ledger.wait_at_back(ledger.add("", 3));
  EXPECT_EQ(drain(ledger), (std::vector<std::uint64_t>{2, 3}));
}

TEST(Ledger, CountsWhatIsOpen) {
  Ledger ledger;
  const TaskIndex a = ledger.add("four", 1);
  const TaskIndex b = ledger.add("seven..", 2);
  EXPECT_EQ(ledger.open_tasks(), 2u);
  EXPECT_EQ(ledger.open_bytes(), 11u);
  ledger.remove(a);
  ledger.remove(b);
  EXPECT_EQ(ledger.open_tasks(), 0u);
  EXPECT_EQ(ledger.open_bytes(), 0u);
}

TEST(Ledger, AnIndexIsUsedAgainWithNothingOfItsLastTask) {
  Ledger ledger;
  const TaskIndex first = ledger.add("payload of the first", 1);
  ledger[first].begun = 2;
  ledger.remove(first);
  const TaskIndex second = ledger.add("second", 2);
  EXPECT_EQ(second, first);
  EXPECT_EQ(ledger[second].payload(), "second");
  EXPECT_EQ(ledger[second].begun, 0u);
}

TEST(LedgerDeathTest, ATaskHasOneOutcomeAndNotTwo) {
  Ledger ledger;
  const TaskIndex index = ledger.add("", 1);
  ledger.remove(index);
  EXPECT_DEATH(ledger.remove(index), "exactly one outcome");
}

TEST(Ledger, LentBytesAreTheCallersAndACopyIsNot) {
  Ledger ledger;
  std::string bytes = "before";
  const TaskIndex copied = ledger.add(bytes, 1);
  const TaskIndex lent = ledger.add_lent(bytes, 2);
  EXPECT_EQ(ledger[lent].payload().data(), bytes.data());
  EXPECT_EQ(ledger.open_bytes(), 12u);
  bytes = "after.";
  EXPECT_EQ(ledger[copied].payload(), "before");
  EXPECT_EQ(ledger[lent].payload(), "after.");
  ledger.remove(lent);
  EXPECT_EQ(ledger.open_bytes(), 6u);
  EXPECT_EQ(ledger[ledger.add("copied again", 3)].payload(), "copied again");
}

TEST(Ledger, MemoryOfALargePayloadIsUsedForTheNext) {
  Ledger ledger;
  const std::string large(std::size_t{1} << 20, 'a');
  const TaskIndex first = ledger.add(large, 1);
  const char* const memory = ledger[first].payload().data();
  ledger.remove(first);
  const std::string other(large.size() - 5, 'b');
  const TaskIndex second = ledger.add(other, 2);
  EXPECT_EQ(ledger[second].payload().data(), memory);
  EXPECT_EQ(ledger[second].payload(), other);
}

TEST(DispatchedTasks, HoldNoMoreThanPrefetchMaxThoughThereIsRoomForMore) {
  std::array<Dispatched, 4> entries{};
  DispatchedTasks tasks(entries, 3);
  for (TaskIndex task : {0U, 1U, 2U}) tasks.push({task, 0});
  tasks.pop_oldest();
  tasks.push({3, 0});
  EXPECT_EQ(tasks[0].task, 1U);
  EXPECT_EQ(tasks[2].task, 3U);
  EXPECT_DEATH(tasks.push({4, 0}), "no more than prefetch_max");
}

}  // namespace
}  // namespace revenant
