#include "bench/src/peers/peer_program.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "bench/src/peer_process.h"
#include "bench/test/peers/stand_ins.h"
#include "pool/os/clock.h"
#include "pool/os/proc.h"
#include "pool/os/process.h"

namespace revenant::bench::peers {
namespace {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

constexpr int kSoonMs = 20'000;

// The process whose number stands in the file, once it does.
os::Process process_in(const std::string& path) {
  const os::TimePoint until = os::now() + 20s;
  while (os::now() < until) {
    pid_t pid = 0;
    std::string whole_line;
    std::ifstream file(path);
    if (std::getline(file, whole_line) && !file.eof()) pid = std::stoi(whole_line);
    if (pid > 0) return os::Process::open(pid).value_or(os::Process());
    ::usleep(1000);
  }
  return {};
}

TEST(PeerProgram, ReturnsWhatItPrinted) {
  const ProgramRun run = run_program({"sh", "-c", "echo one; echo two"}, 20s);
  EXPECT_EQ(run.output, "one\ntwo\n");
  EXPECT_EQ(run.problem, "");
}

TEST(PeerProgram, ThatPrintsMoreThanAPipeHoldsIsReadAndCut) {
  const ProgramRun run = run_program({"head", "-c", "1000000", "/dev/zero"}, 20s);
  EXPECT_EQ(run.problem, "");
  EXPECT_GE(run.output.size(), 64u << 10);
  EXPECT_LT(run.output.size(), 80u << 10);
}

TEST(PeerProgram, ThatFailsIsAProblemWithTheLastThingItSaid) {
  const ProgramRun run = run_program({"sh", "-c", "echo first >&2; echo why >&2; exit 3"}, 20s);
  EXPECT_EQ(run.problem, "ended with code 3: why");
}

TEST(PeerProgram, ThatIsKilledIsAProblem) {
  EXPECT_EQ(run_program({"sh", "-c", "kill -KILL $$"}, 20s).problem, "ended with code 137");
}

TEST(PeerProgram, ThatIsNotThereIsAProblemWithItsName) {
  EXPECT_EQ(run_program({"/no/such/program"}, 20s).problem,
            "ended with code 127: /no/such/program: No such file or directory");
}

TEST(PeerProgram, ThatEndsLeavesNoProcessOfItsGroupBehind) {
  const StandIns folder;
  const std::string file = folder.folder() + "/pid";
  // The child holds standard output open, and never ends by itself.
  const std::string script = "sleep 1000 & echo $! > " + file + "; exit 0";
  const ProgramRun run = run_program({"sh", "-c", script}, 20s);
  EXPECT_EQ(run.problem, "");
  const os::Process left = process_in(file);
  EXPECT_TRUE(!left || left.wait_ended(kSoonMs));
}

TEST(PeerProgram, ThatTakesTooLongIsEndedWithItsGroup) {
  const StandIns folder;
  const std::string file = folder.folder() + "/pid";
  const std::string script = "sleep 1000 & echo $! > " + file + "; wait";
  const ProgramRun run = run_program({"sh", "-c", script}, 1000ms);
  EXPECT_EQ(run.problem, "not done within 1 s");
  const os::Process left = process_in(file);
  EXPECT_TRUE(!left || left.wait_ended(kSoonMs));
}

TEST(PeerProgram, DiesWithTheProcessThatRunsItHoweverThatEnds) {
  const StandIns folder;
  const std::string file = folder.folder() + "/pid";
  const std::string script = "sleep 1000 & echo $! > " + file + "; wait";
  os::Process grandchild;
  {
    const PeerProcess bench([&] { static_cast<void>(run_program({"sh", "-c", script}, 100s)); });
    grandchild = process_in(file);
    ASSERT_TRUE(grandchild);
    EXPECT_FALSE(grandchild.has_ended());
  }  // SIGKILL
  EXPECT_TRUE(grandchild.wait_ended(kSoonMs));
}

TEST(PeerProgram, LeavesNoDescriptorOpen) {
  const auto before = os::count_descriptors(::getpid());
  static_cast<void>(run_program({"sh", "-c", "exit 1"}, 20s));
  EXPECT_EQ(os::count_descriptors(::getpid()), before);
}

}  // namespace
}  // namespace revenant::bench::peers
