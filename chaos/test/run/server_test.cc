// Servers that speak no protocol: started or attached to, asked by a probe, judged by their tree.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chaos/src/attach.h"
#include "chaos/src/process_tree.h"
#include "chaos/test/run/events_of.h"
#include "chaos/test/run/run_with.h"

namespace revenant::chaos {
namespace {

using std::chrono::milliseconds;

// One that nobody listened on just now.
std::string free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t bytes = sizeof address;
  EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), bytes), 0);
  EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &bytes), 0);
  ::close(fd);
  return std::to_string(::ntohs(address.sin_port));
}

class AServer : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::access(kPython, X_OK) != 0) GTEST_SKIP() << "there is no " << kPython;
  }

  RunOptions program(const std::string& broken = {}) {
    RunOptions options = patient_options({kPython, PREFORK_SERVER, port_, "3", broken}, folder_);
    options.target_kind = TargetKind::program;
    options.probe = Probe{.tcp = "127.0.0.1:" + port_};
    options.rate = 50;
    options.tasks = 60;
    options.schedules = {{.kind = Schedule::Kind::every, .interval = milliseconds(150)}};
    options.faults_min = 3;
    options.claim = Claim::contains;
    options.stall_after = milliseconds(3000);
    return options;
  }

  static constexpr const char* kPython = "/usr/bin/python3";
  ScratchFolder folder_;
  std::string port_ = free_port();
};

TEST_F(AServer, ThatReplacesItsWorkersPasses) {
  const RunResult result = run(program());
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result) << result.last_words;
  EXPECT_EQ(result.verdict.counts.workers_at_start, 3U);
  EXPECT_GE(result.verdict.counts.kills, 3U);
  EXPECT_EQ(result.verdict.counts.tasks, 60U);
}

TEST_F(AServer, ThatForgetsAWorkerHasShrunk) {
  RunOptions options = program("forgets-the-third");
  options.recover_within = milliseconds(500);
  const RunResult result = run(options);
  EXPECT_TRUE(has(result, FindingKind::shrunk)) << told(result);
}

TEST_F(AServer, WhoseWorkersStayBehindLeavesOrphans) {
  const RunResult result = run(program("stays"));
  EXPECT_TRUE(has(result, FindingKind::orphan)) << told(result);
}

TEST_F(AServer, WithoutAProbeIsJudgedByItsTreeAlone) {
  RunOptions options = program();
  options.probe.reset();
  options.rate.reset();
  options.duration = milliseconds(700);
  const RunResult result = run(options);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result) << result.last_words;
  EXPECT_EQ(result.verdict.counts.tasks, 0U);
}

TEST_F(AServer, ThatNeverAnswersIsUnknownAndSaysWhy) {
  RunOptions options = program();
  options.probe = Probe{.command = "exit 7"};
  options.ready_within = milliseconds(400);
  const RunResult result = run(options);
  EXPECT_EQ(result.verdict.ruling, Ruling::unknown) << told(result);
  EXPECT_EQ(result.ended, "no probe was answered within 400 ms: the probe exited with code 7");
}

TEST_F(AServer, ThatIsAttachedToLivesOn) {
  const pid_t server = ::fork();
  if (server == 0) {
    ::execl(kPython, kPython, PREFORK_SERVER, port_.c_str(), "3", nullptr);
    ::_exit(127);
  }
  const os::Process process = *os::Process::open(server);
  RunOptions options = program();
  options.command.clear();
  options.target_kind = TargetKind::attached;
  options.attach_to = server;
  const RunResult result = run(options);
  EXPECT_EQ(result.verdict.ruling, Ruling::pass) << told(result);
  EXPECT_GE(result.verdict.counts.kills, 3U);
  EXPECT_FALSE(process.has_ended()) << "it was ended with the run";
  EXPECT_TRUE(events_of<TargetExited>(result).empty());
  process.send_signal(SIGTERM);
  EXPECT_EQ(::waitpid(server, nullptr, 0), server);
}

std::string refusal_to_attach(pid_t pid) {
  try {
    static_cast<void>(open_attachable(pid));
  } catch (const TargetUnusable& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Attaching, IsRefusedToOneselfAndToParentsAndToNobody) {
  EXPECT_NE(refusal_to_attach(::getpid()).find("this process itself"), std::string::npos);
  EXPECT_NE(refusal_to_attach(1).find("first of all"), std::string::npos);
  const pid_t parent = ::getppid();
  if (parent > 1) {
    EXPECT_NE(refusal_to_attach(parent).find("a parent of this process"), std::string::npos);
  }
  const pid_t gone = ::fork();
  if (gone == 0) ::_exit(0);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(gone), &info, WEXITED | WNOWAIT), 0);
  EXPECT_NE(refusal_to_attach(gone), "accepted") << "a zombie";
  ::waitpid(gone, nullptr, 0);
  EXPECT_NE(refusal_to_attach(gone).find("no such process"), std::string::npos);
}

}  // namespace
}  // namespace revenant::chaos
