// What a GoogleTest user sees of a pool that does not survive.
#include "chaos/test/run/run_with.h"
#include "revenant/chaos/gtest.h"

namespace revenant::chaos {
namespace {

RunOptions some(const ScratchFolder& folder, std::vector<std::string> more) {
  std::vector<std::string> command = {SMALL_POOL, "--workers", "3"};
  command.insert(command.end(), more.begin(), more.end());
  RunOptions options = patient_options(std::move(command), folder);
  options.tasks = 300;
  options.operation = Operation::sleep;
  options.stall_after = std::chrono::milliseconds(1000);
  options.schedules = {{.per_second = 60}};
  options.faults_min = 3;
  return options;
}

TEST(Survives, IsTrueForACorrectPool) {
  const ScratchFolder folder;
  EXPECT_TRUE(survives(some(folder, {})));
}

TEST(Survives, FailsWithTheVerdictsText) {
  const ScratchFolder folder;
  const auto result = survives(some(folder, {"--mutation", "loses-on-kill"}));
  ASSERT_FALSE(result);
  const std::string said = result.message();
  EXPECT_NE(said.find("FAIL  lost"), std::string::npos) << said;
  EXPECT_NE(said.find("never heard of again"), std::string::npos) << said;
}

TEST(Survives, AnUnknownVerdictIsNoSuccess) {
  const ScratchFolder folder;
  const auto result = survives(some(folder, {"--mutation", "works-alone"}));
  ASSERT_FALSE(result);
  EXPECT_NE(std::string(result.message()).find("too-few-faults"), std::string::npos);
}

TEST(Survives, AProgramThatCannotBeStartedIsAFailureAndNotAnException) {
  const ScratchFolder folder;
  const auto result = survives(patient_options({"/no/such/pool"}, folder));
  ASSERT_FALSE(result);
  EXPECT_NE(std::string(result.message()).find("/no/such/pool"), std::string::npos);
}

}  // namespace
}  // namespace revenant::chaos
