// Targets that do everything but speak the protocol: each ends in a clear message and the right
// verdict, with bounded memory.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>

#include "chaos/test/run/run_with.h"

namespace revenant::chaos {
namespace {

class BadTarget : public ::testing::Test {
 protected:
  RunResult run_shell(const std::string& script) {
    RunOptions options = patient_options(shell(script), folder_);
    options.tasks = 20;
    options.stall_after = std::chrono::milliseconds(500);
    options.faults_min = 0;
    options.ready_within = ready_within_;
    return run(options);
  }

  std::string refusal_of(const std::string& program) {
    try {
      static_cast<void>(run(patient_options({program}, folder_)));
    } catch (const TargetUnusable& error) {
      return error.what();
    }
    return "accepted";
  }

  ScratchFolder folder_;
  std::chrono::milliseconds ready_within_{30'000};
};

TEST_F(BadTarget, AProgramThatDoesNotExistIsNamed) {
  EXPECT_EQ(refusal_of("/nowhere/at/all"), "/nowhere/at/all: no such program");
  EXPECT_NE(refusal_of("no-such-program-here").find("in PATH"), std::string::npos);
}

TEST_F(BadTarget, AFileThatIsNotExecutableSaysWhatToDo) {
  std::ofstream(folder_.file("plain")) << "#!/bin/sh\n";
  EXPECT_NE(refusal_of(folder_.file("plain")).find("chmod +x"), std::string::npos);
  EXPECT_NE(refusal_of(folder_.path()).find("a folder"), std::string::npos);
}

TEST_F(BadTarget, AScriptWithoutItsInterpreterIsRefusedAndLeavesNoChild) {
  std::ofstream(folder_.file("script")) << "echo hello\n";
  ::chmod(folder_.file("script").c_str(), 0755);
  EXPECT_NE(refusal_of(folder_.file("script")).find("#!"), std::string::npos);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST_F(BadTarget, OneThatExitsAtOnceHasCrashedAndItsLastWordsAreKept) {
  const RunResult result = run_shell("echo 'cannot open the door' >&2; exit 3");
  EXPECT_TRUE(has(result, FindingKind::target_crashed)) << told(result);
  EXPECT_EQ(result.ended, "the target exited with code 3 before it said ready");
  EXPECT_EQ(result.last_words, "cannot open the door");
  EXPECT_EQ(read_whole(result.run_folder + "/target.stderr"), "cannot open the door\n");
}

TEST_F(BadTarget, OneThatPrintsNothingIsGivenUpOn) {
  ready_within_ = std::chrono::milliseconds(300);
  const RunResult result = run_shell("exec sleep 1000");
  EXPECT_EQ(result.verdict.ruling, Ruling::unknown) << told(result);
  EXPECT_EQ(result.ended, "the target did not say ready within 300 ms");
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes[0].find("--no-protocol"), std::string::npos) << result.notes[0];
}

TEST_F(BadTarget, OneThatPrintsGarbageIsUnreadable) {
  ready_within_ = std::chrono::milliseconds(300);
  const RunResult result = run_shell("echo 'Hello, world!'; exec sleep 1000");
  EXPECT_EQ(result.verdict.ruling, Ruling::fail) << told(result);
  EXPECT_TRUE(has(result, FindingKind::unreadable)) << told(result);
  const std::string history = read_whole(result.run_folder + "/history.jsonl");
  EXPECT_NE(history.find("Hello, world!"), std::string::npos);
}

TEST_F(BadTarget, AFloodEndsTheRunAndNotTheHarness) {
  const RunResult result = run_shell("ready; exec yes");
  EXPECT_TRUE(has(result, FindingKind::unreadable)) << told(result);
  EXPECT_EQ(result.ended, "the target says too much that nobody asked for");
  EXPECT_LT(read_whole(result.run_folder + "/history.jsonl").size(), std::size_t{10} << 20);
}

TEST_F(BadTarget, ALineOfAGigabyteTakesNoMemory) {
  const RunResult result =
      run_shell("ready; head -c 1073741824 /dev/zero | tr '\\0' x; echo; listen");
  EXPECT_TRUE(has(result, FindingKind::unreadable)) << told(result);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 300 * 1024) << "KiB";
}

TEST_F(BadTarget, ALineOfGreatDepthIsUnreadable) {
  const RunResult result =
      run_shell("ready; head -c 100000 /dev/zero | tr '\\0' '['; echo; listen");
  EXPECT_TRUE(has(result, FindingKind::unreadable)) << told(result);
}

TEST_F(BadTarget, InvalidUtf8IsUnreadableAndTheHistoryStaysValid) {
  const RunResult result = run_shell("ready; printf '\\377\\376\\n'; listen");
  EXPECT_TRUE(has(result, FindingKind::unreadable)) << told(result);
  EXPECT_TRUE(read_history(result.run_folder + "/history.jsonl").error.empty());
}

TEST_F(BadTarget, AnIdThatWasNeverGivenIsUnexpected) {
  const RunResult result =
      run_shell("ready; echo '{\"type\":\"result\",\"id\":777,\"value\":1}'; listen");
  EXPECT_TRUE(has(result, FindingKind::unexpected)) << told(result);
}

TEST_F(BadTarget, OneThatClosesItsInputIsNoReasonToDie) {
  const RunResult result = run_shell("ready; exec <&-; exec sleep 1000");
  EXPECT_EQ(result.verdict.ruling, Ruling::fail) << told(result);
  EXPECT_EQ(result.ended, "the target closed its standard input");
}

TEST_F(BadTarget, OneThatClosesItsOutputAndLivesOnIsGivenUpOn) {
  const RunResult result = run_shell("ready; exec >&-; listen");
  EXPECT_NE(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_EQ(result.ended, "the target closed its standard output");
}

TEST_F(BadTarget, OneThatLogsWithoutEndFillsNoDisk) {
  ready_within_ = std::chrono::milliseconds(2000);
  const RunResult result = run_shell("exec yes 'a line of the log' >&2");
  struct stat entry {};
  ASSERT_EQ(::stat((result.run_folder + "/target.stderr").c_str(), &entry), 0);
  EXPECT_LT(entry.st_size, 17 << 20);
}

TEST_F(BadTarget, AnOperationThatItDoesNotAnnounceIsNamed) {
  RunOptions options =
      patient_options(shell("echo '{\"type\":\"ready\",\"ops\":[\"echo\"]}'; exec cat"), folder_);
  try {
    static_cast<void>(run(options));
    FAIL() << "accepted";
  } catch (const TargetUnusable& error) {
    EXPECT_NE(std::string(error.what()).find("crc32"), std::string::npos);
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

}  // namespace
}  // namespace revenant::chaos
