// Who spins: nobody on a single processor, and who gives way to whom on the same one.
#include "pool/src/spin.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <vector>

#include "pool/src/supervisor.h"
#include "pool/test/outcomes.h"

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

// What the test's process may use is as before when it ends.
class Spinning : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::sched_getaffinity(0, sizeof before_, &before_), 0); }
  void TearDown() override { EXPECT_EQ(::sched_setaffinity(0, sizeof before_, &before_), 0); }

 private:
  cpu_set_t before_{};
};

TEST_F(Spinning, IsAllowedToNobodyWhereThereIsOneProcessorForAll) {
  move_to(processors_allowed().front());
  Supervisor supervisor([](std::string_view payload) { return std::string(payload); },
                        {.workers = 1, .spares = 0});
  bool was_allowed = false;
  Outcomes outcomes;
  const auto handler = [&](const Outcome& outcome) {
    outcomes(outcome);
    was_allowed |= supervisor.core().may_spin || supervisor.core().header.spin_allowed != 0;
  };
  for (std::uint64_t tag = 0; tag < 100; ++tag) {
    ASSERT_EQ(supervisor.submit("x", tag), SubmitResult::accepted);
  }
  EXPECT_TRUE(supervisor.drain(kLimit, handler));
  EXPECT_EQ(outcomes.count(), 100u);
  EXPECT_FALSE(was_allowed);
}

TEST_F(Spinning, AHintOfAProcessorIsOursWhereItWasWrittenAndOnNoOther) {
  const std::vector<int> processors = processors_allowed();
  if (processors.size() < 2) GTEST_SKIP() << "one processor";
  for (const int processor : {processors.front(), processors.back()}) {
    ProcessorHint hint{};
    move_to(processor);
    hint.update();
    EXPECT_TRUE(hint.is_ours());
    move_to(processor == processors.front() ? processors.back() : processors.front());
    EXPECT_FALSE(hint.is_ours());
  }
}

}  // namespace
}  // namespace revenant::test
