// Where the one that is waited for was last seen.
#include "pool/src/spin.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <vector>

namespace revenant::test {
namespace {

std::vector<int> processors_allowed() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  EXPECT_EQ(::sched_getaffinity(0, sizeof allowed, &allowed), 0);
  std::vector<int> found;
  for (int processor = 0; processor < CPU_SETSIZE; ++processor) {
    if (CPU_ISSET(processor, &allowed)) found.push_back(processor);
  }
  return found;
}

void move_to(int processor) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(processor, &one);
  ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
}

TEST(ProcessorHint, IsOursOnTheProcessorOnWhichItWasWrittenAndOnNoOther) {
  const std::vector<int> processors = processors_allowed();
  if (processors.size() < 2) GTEST_SKIP() << "one processor";
  cpu_set_t before;
  ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
  for (const int processor : {processors.front(), processors.back()}) {
    ProcessorHint hint{};
    move_to(processor);
    hint.update();
    EXPECT_TRUE(hint.is_ours());
    move_to(processor == processors.front() ? processors.back() : processors.front());
    EXPECT_FALSE(hint.is_ours());
  }
  EXPECT_EQ(::sched_setaffinity(0, sizeof before, &before), 0);
}

}  // namespace
}  // namespace revenant::test
