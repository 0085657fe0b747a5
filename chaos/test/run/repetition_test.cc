#include "chaos/src/repetition.h"

#include <gtest/gtest.h>

#include <vector>

namespace revenant::chaos {
namespace {

// What a fault meets before the first task is given is up to chance.
TEST(WithTasks, KeepsAFaultBehindTheOutcomeThatItCameAfter) {
  RunOptions run;
  run.tasks = 500;
  for (const std::uint64_t outcomes : {0, 1, 12, 250}) {
    ScriptedFault fault;
    fault.outcomes = outcomes;
    run.script.push_back(fault);
  }
  const RunOptions fewer = with_tasks(run, 10);
  EXPECT_EQ(fewer.tasks, 10u);
  std::vector<std::uint64_t> outcomes;
  for (const ScriptedFault& fault : fewer.script) outcomes.push_back(fault.outcomes);
  EXPECT_EQ(outcomes, (std::vector<std::uint64_t>{0, 1, 1, 5}));
}

}  // namespace
}  // namespace revenant::chaos
