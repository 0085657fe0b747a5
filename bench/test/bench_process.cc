#include "bench/test/bench_process.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

#include "bench/src/bench_command.h"
#include "pool/os/error.h"
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

constexpr int kWaitMs = 240'000;

std::string make_folder() {
  std::string folder = std::filesystem::temp_directory_path() / "revenant-bench-test-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) os::throw_errno("mkdtemp " + folder);
  return folder;
}

void redirect(int fd, const char* file) {
  const int opened = ::open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (opened < 0 || ::dup2(opened, fd) < 0) ::_exit(99);
  ::close(opened);
}

// In the child.
[[noreturn]] void run_here(const std::string& folder, std::vector<std::string> arguments,
                           const BenchProcess::Command& command) {
  if (::chdir(folder.c_str()) != 0) ::_exit(99);
  redirect(STDOUT_FILENO, "stdout");
  redirect(STDERR_FILENO, "stderr");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const auto before = os::count_descriptors(::getpid());
  const int code = command(static_cast<int>(arguments.size()), argv.data());
  std::cout.flush();
  std::fflush(nullptr);
  if (os::count_descriptors(::getpid()) != before) ::_exit(BenchProcess::kLeftADescriptor);
  if (!os::read_children(::getpid()).empty()) ::_exit(BenchProcess::kLeftAChild);
  ::_exit(code);
}

}  // namespace

BenchProcess::BenchProcess(std::vector<std::string> arguments)
    : BenchProcess(std::move(arguments), run_bench_command) {}

BenchProcess::BenchProcess(std::vector<std::string> arguments, const Command& command)
    : folder_(make_folder()), arguments_(std::move(arguments)) {
  arguments_.insert(arguments_.begin(), "revenant bench");
  peer_ = std::make_unique<PeerProcess>([&] { run_here(folder_, arguments_, command); });
}

BenchProcess::~BenchProcess() {
  peer_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

int BenchProcess::wait() {
  if (!process().wait_ended(kWaitMs)) return kTooLong;
  siginfo_t info{};
  // Left to the destructor of the peer to reap.
  if (::waitid(P_PID, static_cast<id_t>(process().pid()), &info, WEXITED | WNOWAIT) != 0) {
    os::throw_errno("waitid of revenant bench");
  }
  return info.si_code == CLD_EXITED ? info.si_status : kKilled;
}

std::string BenchProcess::output() const {
  return os::read_small_file(path("stdout")).value_or("");
}

std::string BenchProcess::errors() const {
  return os::read_small_file(path("stderr")).value_or("");
}

}  // namespace revenant::bench
