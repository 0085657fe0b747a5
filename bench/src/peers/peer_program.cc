#include "bench/src/peers/peer_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "bench/src/peer_process.h"
#include "pool/os/clock.h"
#include "pool/os/error.h"

namespace revenant::bench::peers {
namespace {

constexpr std::size_t kOutputMax = std::size_t{64} << 10;
constexpr int kCannotExecute = 127;

struct Pipe {
  os::UniqueFd reads;
  os::UniqueFd writes;
};

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) os::throw_errno("pipe to a peer's program");
  return {os::UniqueFd(ends[0]), os::UniqueFd(ends[1])};
}

// A program expects to wait in write(), not to be refused.
void give(int end, int fd) {
  ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) & ~O_NONBLOCK);
  ::dup2(end, fd);
}

// In the grandchild.
[[noreturn]] void execute(char* const* argv, int output, int errors, const sigset_t& mask) {
  ::setpgid(0, 0);
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  give(output, STDOUT_FILENO);
  give(errors, STDERR_FILENO);
  ::execvp(argv[0], argv);
  const char* const why = ::strerror(errno);
  for (const char* const part : {const_cast<const char*>(argv[0]), ": ", why}) {
    static_cast<void>(::write(STDERR_FILENO, part, ::strlen(part)));
  }
  ::_exit(kCannotExecute);
}

// Until the only child has ended, or another of the `signals` says that it shall.
void wait_for_end(const sigset_t& signals) {
  for (siginfo_t info{};;) {
    if (::sigwaitinfo(&signals, &info) < 0) continue;
    const bool only_stopped = info.si_signo == SIGCHLD && info.si_code != CLD_EXITED &&
                              info.si_code != CLD_KILLED && info.si_code != CLD_DUMPED;
    if (!only_stopped) return;
  }
}

// In the child: starts the program, waits for its end or for being told to end it, and kills what
// is left of its group.
[[noreturn]] void guard(char* const* argv, int output, int errors) {
  sigset_t signals;
  sigset_t before;
  ::sigemptyset(&signals);
  for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&signals, signal);
  ::sigprocmask(SIG_BLOCK, &signals, &before);
  // Until now the kernel would have sent SIGKILL, after which nobody would kill the group.
  const pid_t parent = ::getppid();
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(1);

  const pid_t pid = ::fork();
  if (pid < 0) ::_exit(kCannotExecute);
  if (pid == 0) execute(argv, output, errors, before);
  ::setpgid(pid, pid);  // In both, so that the group is there for whoever is first.
  wait_for_end(signals);
  // Its head is reaped afterwards: until then the group's number is nobody else's.
  ::kill(-pid, SIGKILL);
  int status = 0;
  ::waitpid(pid, &status, 0);
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

void read_what_is_there(int fd, std::string& text) {
  std::array<char, 4096> block;
  for (ssize_t got; (got = ::read(fd, block.data(), block.size())) > 0;) {
    if (text.size() < kOutputMax) text.append(block.data(), static_cast<std::size_t>(got));
  }
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(text.find_last_of('\n') + 1));
}

// Of a process that has ended and that its owner has not reaped yet.
int exit_code(const os::Process& process) {
  siginfo_t info{};
  const auto pid = static_cast<id_t>(process.pid());
  if (::waitid(P_PID, pid, &info, WEXITED | WNOWAIT) != 0) return -1;
  return info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
}

}  // namespace

ProgramRun run_program(const std::vector<std::string>& arguments, std::chrono::milliseconds limit) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  const PeerProcess program([&] { guard(argv.data(), output.writes.get(), errors.writes.get()); });
  output.writes.reset();
  errors.writes.reset();

  ProgramRun run;
  std::string said;
  bool too_long = false;
  os::TimePoint until = os::now() + limit;
  for (bool ended = false; !ended;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - os::now());
    pollfd watched[] = {{program.process().pidfd(), POLLIN, 0},
                        {output.reads.get(), POLLIN, 0},
                        {errors.reads.get(), POLLIN, 0}};
    if (left.count() <= 0 && !too_long) {
      too_long = true;
      program.process().send_signal(SIGTERM);
    }
    const int timeout = too_long ? -1 : static_cast<int>(left.count());
    ::poll(watched, std::size(watched), timeout);
    ended = (watched[0].revents & POLLIN) != 0;
    read_what_is_there(output.reads.get(), run.output);
    read_what_is_there(errors.reads.get(), said);
    // poll() leaves out what is closed; else it would return for it all the time.
    if (watched[1].revents == POLLHUP) output.reads.reset();
    if (watched[2].revents == POLLHUP) errors.reads.reset();
  }
  const std::string reason = last_line(said);
  if (too_long) {
    run.problem = "not done within " + std::to_string(limit.count() / 1000) + " s";
  } else if (const int code = exit_code(program.process()); code != 0) {
    run.problem = "ended with code " + std::to_string(code);
  }
  if (!run.problem.empty() && !reason.empty()) run.problem += ": " + reason;
  return run;
}

}  // namespace revenant::bench::peers
