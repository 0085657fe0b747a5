// replay and shrink as a user has them: a run that failed, repeated and made smaller.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>

#include "chaos/test/run/scratch_folder.h"

namespace revenant::chaos {
namespace {

class Repetition : public ::testing::Test {
 protected:
  struct Ran {
    int exit_code = -1;
    std::string out;
  };

  static Ran shell(const std::string& command) {
    Ran ran;
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return ran;
    char buffer[4096];
    while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe))
      ran.out.append(buffer, n);
    ran.exit_code = WEXITSTATUS(::pclose(pipe));
    return ran;
  }

  // The bug needs two kills; the run has many.
  Ran failing_run() {
    return shell(std::string(CHAOS_MAIN) + " chaos --quiet --out " + folder_.path() +
                 " --tasks 500 --op sleep --outstanding 16 --schedule poisson:150 --faults-min 20"
                 " --stall-after 300 --seed 7 -- " +
                 SMALL_POOL + " --workers 3 --mutation loses-on-second-death 2>&1");
  }

  // What shrink printed on its second line is pasted into a shell.
  void expect_its_command_fails(const Ran& shrunk) {
    const std::size_t line = shrunk.out.find('\n') + 1;
    const std::string command = shrunk.out.substr(line, shrunk.out.find('\n', line) - line);
    const Ran again = shell("cd " + folder_.path() + " && " + command + " 2>&1");
    EXPECT_EQ(again.exit_code, 1) << command << again.out;
  }

  ScratchFolder folder_;
};

TEST_F(Repetition, AReplaySaysHowOftenTheFindingCameBack) {
  const Ran failed = failing_run();
  ASSERT_EQ(failed.exit_code, 1) << failed.out;
  EXPECT_NE(failed.out.find("revenant shrink"), std::string::npos) << failed.out;
  const Ran replayed =
      shell(std::string(CHAOS_MAIN) + " replay --times 2 " + folder_.file("latest") + " 2>&1");
  EXPECT_EQ(replayed.exit_code, 1) << replayed.out;
  EXPECT_NE(replayed.out.find("lost came back in 2 of 2 repetitions"), std::string::npos)
      << replayed.out;
  // Half of the faults are another run.
  std::filesystem::resize_file(folder_.file("latest/history.jsonl"), 5000);
  const Ran cut = shell(std::string(CHAOS_MAIN) + " replay " + folder_.file("latest") + " 2>&1");
  EXPECT_EQ(cut.exit_code, 3) << cut.out;
  EXPECT_NE(cut.out.find("cut short"), std::string::npos) << cut.out;
}

// A target that fails by itself fails without the faults that the default schedule would add.
TEST_F(Repetition, ARunWithoutFaultsIsRepeatedWithoutFaults) {
  const Ran failed = shell(std::string(CHAOS_MAIN) + " chaos --quiet --out " + folder_.path() +
                           " --tasks 100 --seed 7 --schedule poisson:0.001 --faults-min 0"
                           " -- sh -c 'echo hello; exec " +
                           SMALL_POOL + "' 2>&1");
  ASSERT_EQ(failed.exit_code, 1) << failed.out;
  const Ran shrunk = shell(std::string(CHAOS_MAIN) + " shrink --tries 1 " + folder_.file("latest") +
                           " 2>" + folder_.file("progress"));
  ASSERT_EQ(shrunk.exit_code, 1) << shrunk.out;
  EXPECT_NE(shrunk.out.find("with 0 faults, "), std::string::npos) << shrunk.out;
  EXPECT_NE(shrunk.out.find("--faults-max 0"), std::string::npos) << shrunk.out;
  expect_its_command_fails(shrunk);
}

TEST_F(Repetition, ABugThatNeedsTwoKillsIsShrunkToTwoAndTheCommandFails) {
  ASSERT_EQ(failing_run().exit_code, 1);
  const Ran shrunk = shell(std::string(CHAOS_MAIN) + " shrink " + folder_.file("latest") + " 2>" +
                           folder_.file("progress"));
  ASSERT_EQ(shrunk.exit_code, 1) << shrunk.out;
  EXPECT_NE(shrunk.out.find("lost with 2 faults, "), std::string::npos) << shrunk.out;
  expect_its_command_fails(shrunk);
}

// Nobody replaces a worker of this one. Without tasks nothing counts but the clock.
TEST_F(Repetition, ARunWithoutTasksIsRepeatedByTheClockAndShrunkToOneFault) {
  const Ran failed = shell(std::string(CHAOS_MAIN) + " chaos --quiet --out " + folder_.path() +
                           " --no-protocol --duration 1 --schedule every:150 --faults-max 2"
                           " --recover-within 300 --seed 7"
                           " -- sh -c 'for i in 1 2 3 4 5 6; do sleep 100 & done; wait' 2>&1");
  ASSERT_EQ(failed.exit_code, 1) << failed.out;
  const Ran replayed =
      shell(std::string(CHAOS_MAIN) + " replay --times 1 " + folder_.file("latest") + " 2>&1");
  EXPECT_EQ(replayed.exit_code, 1) << replayed.out;
  EXPECT_NE(replayed.out.find("seed 7, 2 faults, 1 s; looking for shrunk"), std::string::npos)
      << replayed.out;
  const Ran shrunk = shell(std::string(CHAOS_MAIN) + " shrink --tries 1 " + folder_.file("latest") +
                           " 2>" + folder_.file("progress"));
  ASSERT_EQ(shrunk.exit_code, 1) << shrunk.out;
  EXPECT_NE(shrunk.out.find("shrunk with 1 fault, "), std::string::npos) << shrunk.out;
  expect_its_command_fails(shrunk);
}

TEST_F(Repetition, ARunThatPassedHasNothingToRepeat) {
  const Ran passed = shell(std::string(CHAOS_MAIN) + " chaos --quiet --out " + folder_.path() +
                           " --tasks 200 --seed 7 -- " + SMALL_POOL + " --workers 3 2>&1");
  ASSERT_EQ(passed.exit_code, 0) << passed.out;
  const Ran refused =
      shell(std::string(CHAOS_MAIN) + " replay " + folder_.file("latest") + " 2>&1");
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_NE(refused.out.find("only a run that failed"), std::string::npos) << refused.out;
  EXPECT_EQ(shell(std::string(CHAOS_MAIN) + " shrink /nowhere 2>&1").exit_code, 3);
}

TEST_F(Repetition, ARecordThatWasCutShortIsRefusedByItsPlace) {
  std::ofstream(folder_.file("run.json")) << R"({"command_line":["rev)";
  const Ran refused = shell(std::string(CHAOS_MAIN) + " replay " + folder_.path() + " 2>&1");
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_NE(refused.out.find("run.json: byte 22: not JSON"), std::string::npos) << refused.out;
}

}  // namespace
}  // namespace revenant::chaos
