// Runs whose faults are a script: each comes at its place, and each has its turn.
#include <gtest/gtest.h>

#include "chaos/src/script_text.h"
#include "chaos/test/run/events_of.h"
#include "chaos/test/run/run_with.h"

namespace revenant::chaos {
namespace {

class AScript : public ::testing::Test {
 protected:
  RunOptions options(std::vector<std::string> command, const std::vector<std::string>& script) {
    RunOptions made = patient_options(std::move(command), folder_);
    made.tasks = 100;
    made.outstanding = 8;
    for (const std::string& text : script) made.script.push_back(parse_scripted_fault(text));
    return made;
  }

  ScratchFolder folder_;
};

// A target that answers ten thousand tasks a second is done before its second birth.
TEST_F(AScript, WaitsWithItsTasksForAMomentSoThatTheFaultBehindItHasItsTurn) {
  RunOptions births = options({SMALL_POOL, "--workers", "3"},
                              {"kill@5,when=booting", "kill@6,when=booting", "kill@7,when=booting",
                               "kill@8,when=booting", "kill@9,when=booting", "kill@50"});
  const RunResult result = run(births);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(result.verdict.counts.faults_installed, 11U) << told(result);
  for (const FaultDone& done : events_of<FaultDone>(result)) {
    // As far as to the place of the fault behind it.
    const std::uint64_t next = done.n < 4 ? 6 + done.n : 50;
    EXPECT_LE(done.outcomes.value_or(0), next + births.outstanding) << done.n;
  }
}

TEST_F(AScript, WhoseLastMomentNeverComesEndsAllTheSame) {
  RunOptions vain = options({MIRROR, "3"}, {"kill@5,when=at-write", "kill@10"});
  vain.operation = Operation::echo;
  vain.claim = Claim::observe;  // it replaces nobody
  vain.recover_within = std::chrono::seconds(1);
  const RunResult result = run(vain);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(result.verdict.counts.faults_installed, 1U);
}

TEST_F(AScript, ThatEndsAWorkerByATaskNeedsATargetThatKnowsTheOperation) {
  RunOptions ends = options({MIRROR, "3"}, {"exit0@5"});
  ends.operation = Operation::echo;
  EXPECT_THROW(static_cast<void>(run(ends)), TargetUnusable);
}

}  // namespace
}  // namespace revenant::chaos
