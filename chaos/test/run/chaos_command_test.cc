// The command as a process: its exit codes, what it prints where, and how it ends early.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "chaos/test/run/scratch_folder.h"
#include "pool/os/process.h"

namespace revenant::chaos {
namespace {

constexpr int kPatienceMs = 60'000;

class ChaosCommand : public ::testing::Test {
 protected:
  // `arguments` behind the verb; output goes to files in the scratch folder.
  pid_t start(const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {CHAOS_MAIN, "chaos", "--out", folder_.path()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const std::string out = folder_.file("out");
    const std::string err = folder_.file("err");
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
      ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
      ::execv(argv[0], argv.data());
      ::_exit(126);
    }
    return pid;
  }

  static int wait_for(pid_t pid) {
    const auto process = os::Process::open(pid);
    EXPECT_TRUE(process && process->wait_ended(kPatienceMs)) << "it does not end";
    int status = 0;
    ::waitpid(pid, &status, 0);
    return status;
  }

  int exit_code(const std::vector<std::string>& arguments) {
    const int status = wait_for(start(arguments));
    EXPECT_TRUE(WIFEXITED(status)) << status;
    return WEXITSTATUS(status);
  }

  std::string out() { return read_whole(folder_.file("out")); }
  std::string err() { return read_whole(folder_.file("err")); }
  std::string history() { return read_whole(folder_.file("latest/history.jsonl")); }

  // The pid of the target, once results have come.
  pid_t await_target() {
    for (int waited = 0; waited < kPatienceMs; waited += 5) {
      const std::string text = history();
      const auto target = text.find("\"target\",\"pid\":");
      if (target != std::string::npos && text.find("\"result\"") != std::string::npos) {
        return static_cast<pid_t>(std::stol(text.substr(target + 15)));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "no result came";
    return -1;
  }

  static std::vector<std::string> long_run() {
    return {"--duration", "300", "--schedule", "poisson:20", "--op", "sleep",
            "--seed",     "5",   "--",         SMALL_POOL,   "2"};
  }

  ScratchFolder folder_;
};

TEST_F(ChaosCommand, APassingRunExitsWithZeroAndPrintsItsSeedFirst) {
  EXPECT_EQ(exit_code({"--tasks", "200", "--seed", "7", "--stall-after", "30000",
                       "--recover-within", "30000", "--", SMALL_POOL}),
            0)
      << out() << err();
  EXPECT_EQ(out().rfind("seed 7\n", 0), 0U) << out();
}

TEST_F(ChaosCommand, TheCommandThatItPrintsRepeatsTheRunWhenPasted) {
  ASSERT_EQ(exit_code({"--tasks", "50", "--faults-min", "0", "--name", "it's", "--", SMALL_POOL}),
            0)
      << out() << err();
  const auto verdict = nlohmann::json::parse(read_whole(folder_.file("latest/verdict.json")));
  const std::string again = verdict["reproduce"];
  ASSERT_EQ(std::system((again + " > " + folder_.file("out")).c_str()), 0) << again;
  const std::string seed = std::to_string(verdict["seed"].get<std::uint64_t>());
  EXPECT_EQ(out().rfind("seed " + seed + "\n", 0), 0U) << out();
}

TEST_F(ChaosCommand, JsonIsAloneOnStandardOutput) {
  EXPECT_EQ(exit_code({"--tasks", "50", "--faults-min", "0", "--json", "--", SMALL_POOL}), 0);
  const auto verdict = nlohmann::json::parse(out());
  EXPECT_EQ(verdict["verdict"], "pass");
  EXPECT_NE(err().find("seed "), std::string::npos);
}

TEST_F(ChaosCommand, WrongUsageExitsWithThreeAndMakesNoRunFolder) {
  EXPECT_EQ(exit_code({"--workers", "0"}), 3);
  EXPECT_NE(err().find("--workers"), std::string::npos);
  EXPECT_EQ(exit_code({"--schedule", "poisson:x"}), 3);
  EXPECT_EQ(exit_code({"--duration", "-1"}), 3);
  EXPECT_EQ(exit_code({"--no-such-option"}), 3);
  EXPECT_EQ(exit_code({"--", "/no/such/program"}), 3);
  EXPECT_EQ(err(), "revenant chaos: /no/such/program: no such program\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.file("latest")));
}

TEST_F(ChaosCommand, ATargetThatCrashesExitsWithOneAndItsLastWordsAreShown) {
  EXPECT_EQ(exit_code({"--", "/bin/sh", "-c", "echo 'the reason' >&2; exit 3"}), 1) << out();
  EXPECT_NE(err().find("the reason"), std::string::npos) << err();
  EXPECT_NE(err().find("exited with code 3 before it said ready"), std::string::npos) << err();
}

TEST_F(ChaosCommand, ATargetThatIsNeverReadyExitsWithTwo) {
  EXPECT_EQ(exit_code({"--ready-within", "200", "--", "/bin/sleep", "1000"}), 2) << out() << err();
}

TEST_F(ChaosCommand, ADryRunStartsNothing) {
  EXPECT_EQ(exit_code({"--dry-run", "--duration", "1", "--seed", "7", "--", SMALL_POOL}), 0);
  EXPECT_NE(out().find("kill"), std::string::npos) << out();
  EXPECT_FALSE(std::filesystem::exists(folder_.file("latest")));
}

TEST_F(ChaosCommand, AnInterruptEndsTheRunInGoodOrder) {
  const pid_t harness = start(long_run());
  const auto target = os::Process::open(await_target());
  ASSERT_TRUE(target);
  ::kill(harness, SIGINT);
  const int status = wait_for(harness);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 2) << out() << err();
  EXPECT_TRUE(target->has_ended());
  EXPECT_NE(history().find("\"why\":\"it was interrupted\",\"interrupted\":true"),
            std::string::npos);
  const auto verdict = nlohmann::json::parse(read_whole(folder_.file("latest/verdict.json")));
  EXPECT_EQ(verdict["verdict"], "unknown");
}

TEST_F(ChaosCommand, AHarnessThatIsKilledTakesItsTargetAlongAndLeavesItsHistory) {
  const pid_t harness = start(long_run());
  const auto target = os::Process::open(await_target());
  ASSERT_TRUE(target);
  ::kill(harness, SIGKILL);
  EXPECT_TRUE(WIFSIGNALED(wait_for(harness)));
  EXPECT_TRUE(target->wait_ended(kPatienceMs)) << "the target lives on";
  EXPECT_NE(history().find("\"e\":\"result\""), std::string::npos);
}

}  // namespace
}  // namespace revenant::chaos
