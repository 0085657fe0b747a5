#include "pool/target/program/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <sstream>
#include <utility>

#include "pool/os/error.h"
#include "pool/os/process.h"

namespace revenant::target {
namespace {

std::pair<os::UniqueFd, os::UniqueFd> make_channel() {
  std::array<int, 2> fds{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
    os::throw_errno("socketpair for the program's channel");
  }
  return {os::UniqueFd(fds[0]), os::UniqueFd(fds[1])};
}

// Carries the errno of a failed exec; a successful one closes it.
std::pair<os::UniqueFd, os::UniqueFd> make_exec_pipe() {
  std::array<int, 2> fds{};
  if (::pipe2(fds.data(), O_CLOEXEC) != 0) os::throw_errno("pipe2 for the program's start");
  return {os::UniqueFd(fds[0]), os::UniqueFd(fds[1])};
}

void take_signals_back() noexcept {
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGCHLD, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Between fork and exec; only what is async-signal-safe.
[[noreturn]] void become(char* const* argv, int channel, int exec_pipe, pid_t parent) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  take_signals_back();
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  // All that lies in the way of the channel goes, the pipe first to a place above it.
  const int report = ::fcntl(exec_pipe, F_DUPFD_CLOEXEC, Program::kChannelFd + 1);
  ::dup2(channel, Program::kChannelFd);
  if (channel == Program::kChannelFd) ::fcntl(channel, F_SETFD, 0);
  ::close_range(Program::kChannelFd + 1, ~0u, CLOSE_RANGE_CLOEXEC);
  ::execvp(argv[0], argv);
  const int error = errno;
  static_cast<void>(!::write(report, &error, sizeof error));
  ::_exit(127);
}

bool is_executable_file(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

void Program::start(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  ::setenv("NODE_CHANNEL_FD", std::to_string(kChannelFd).c_str(), 1);
  ::setenv("NODE_CHANNEL_SERIALIZATION_MODE", "json", 1);

  auto [ours, theirs] = make_channel();
  auto [exec_result, exec_report] = make_exec_pipe();
  const pid_t self = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) os::throw_errno("fork for " + command.front());
  if (pid_ == 0) become(argv.data(), theirs.get(), exec_report.get(), self);
  theirs.reset();
  exec_report.reset();

  int error = 0;
  while (::read(exec_result.get(), &error, sizeof error) < 0 && errno == EINTR) {
  }
  if (error != 0) {
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
    errno = error;
    os::throw_errno("cannot execute " + command.front());
  }
  // Nobody but us reaps it: the pid is its own.
  pidfd_ = os::open_pidfd(pid_);
  if (!pidfd_) {
    const int why = errno;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    errno = why;
    os::throw_errno("pidfd_open for " + command.front());
  }
  channel_ = std::move(ours);
}

void Program::end_like() const noexcept {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0) {
    if (errno != EINTR) ::_exit(1);
  }
  if (WIFEXITED(status)) ::_exit(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  ::signal(signal, SIG_DFL);
  sigset_t all;
  ::sigfillset(&all);
  ::sigprocmask(SIG_UNBLOCK, &all, nullptr);
  ::kill(::getpid(), signal);
  ::_exit(128 + signal);
}

void Program::kill_and_end() const noexcept {
  ::kill(pid_, SIGKILL);
  end_like();
}

bool can_be_executed(const std::string& program) {
  if (program.find('/') != std::string::npos) return is_executable_file(program);
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path);
  std::string folder;
  while (std::getline(folders, folder, ':')) {
    if (is_executable_file((folder.empty() ? "." : folder) + '/' + program)) return true;
  }
  return false;
}

}  // namespace revenant::target
