#include "reports/src/compare/shell_run.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "reports/src/plain_text.h"

namespace revenant::reports::compare {
namespace {

constexpr std::size_t kErrorBytesMax = 500;
constexpr int kNotStarted = 127;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// In the child: system calls only, until exec.
[[noreturn]] void become_the_shell(const ShellCommand& command, pid_t parent,
                                   const sigset_t& mask) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kNotStarted);  // it died before it could be told
  ::setpgid(0, 0);
  const int in = ::open("/dev/null", O_RDONLY);
  const int out = ::open(command.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err = ::open(command.errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (in < 0 || out < 0 || err < 0) ::_exit(kNotStarted);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::close_range(3, ~0U, 0);
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  ::execl("/bin/sh", "sh", "-c", command.text.c_str(), static_cast<char*>(nullptr));
  ::_exit(kNotStarted);
}

// Waits for the first of: the shell is gone, an interrupt, the deadline.
RunEnd wait_for_end(int pidfd, Clock::time_point deadline, const Interrupt& interrupt) {
  pollfd waits[] = {{pidfd, POLLIN, 0}, {interrupt.fd(), POLLIN, 0}};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const int timeout = static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
    const int ready = ::poll(waits, 2, timeout);
    if (ready < 0 && errno != EINTR) fail("poll");
    if (ready > 0 && waits[0].revents != 0) return RunEnd::done;
    if (ready > 0) return RunEnd::interrupted;
    if (Clock::now() >= deadline) return RunEnd::out_of_time;
  }
}

// The shell's status, once nothing of its group is left. Until the shell is reaped, its group's
// number cannot be used again; afterwards only members that were killed here keep the group alive.
int end_group(pid_t group) {
  ::kill(-group, SIGKILL);
  int status = 0;
  while (::waitpid(group, &status, 0) < 0 && errno == EINTR) continue;
  // Orphans come to this process (it is their reaper), one by one as their parents die.
  while (::kill(-group, SIGKILL) == 0) {
    if (::waitpid(-group, nullptr, WNOHANG) > 0) continue;
    const timespec moment{0, 1'000'000};
    ::nanosleep(&moment, nullptr);
  }
  return status;
}

std::string end_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (text.size() > kErrorBytesMax) text.erase(0, text.size() - kErrorBytesMax);
  return plain_text(text, 3 * kErrorBytesMax);
}

std::string how_it_failed(int status, const std::filesystem::path& errors) {
  const std::string how = WIFEXITED(status)
                              ? "exited with " + std::to_string(WEXITSTATUS(status))
                              : "was ended by signal " + std::to_string(WTERMSIG(status));
  const std::string said = end_of(errors);
  return said.empty() ? how : how + ": " + said;
}

}  // namespace

ShellRun run_in_shell(const ShellCommand& command, Clock::time_point deadline,
                      const Interrupt& interrupt) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  const pid_t parent = ::getpid();
  const auto start = Clock::now();
  const pid_t shell = ::fork();
  if (shell < 0) fail("fork");
  if (shell == 0) become_the_shell(command, parent, interrupt.mask_before());
  ::setpgid(shell, shell);  // whichever of the two is first; the other call changes nothing
  // Race-free: only this thread reaps.
  const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, shell, 0));
  if (pidfd < 0) {
    const int error = errno;
    end_group(shell);
    throw std::system_error(error, std::generic_category(), "pidfd_open");
  }
  ShellRun run;
  run.end = wait_for_end(pidfd, deadline, interrupt);
  run.wall_us = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
  ::close(pidfd);
  const int status = end_group(shell);
  if (run.end == RunEnd::done && status != 0) {
    run.end = RunEnd::failed;
    run.how = how_it_failed(status, command.errors);
  }
  return run;
}

}  // namespace revenant::reports::compare
