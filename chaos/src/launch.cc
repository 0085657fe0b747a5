#include "chaos/src/launch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "chaos/src/descriptor_limit.h"
#include "chaos/src/descriptor_passing.h"
#include "chaos/src/pipe.h"
#include "chaos/src/reap.h"
#include "chaos/src/spawn_gate.h"
#include "pool/os/error.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

namespace process = boost::process::v2;

constexpr int kPipeBytes = 1 << 20;
// Linux 5.11; the headers of older distributions lack it.
constexpr unsigned kCloseRangeCloexec = 1U << 2;

Pipe make_wide_pipe(const char* what) {
  Pipe pipe = make_pipe(what);
  // Larger pipes mean fewer turns for the same tasks; without the right to them, the default does.
  static_cast<void>(::fcntl(pipe.read.get(), F_SETPIPE_SZ, kPipeBytes));
  return pipe;
}

Pipe make_socket_pair() {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0) {
    os::throw_errno("a socket pair for the target's questions");
  }
  return {os::UniqueFd(fds[0]), os::UniqueFd(fds[1])};
}

// Pipes of the target must not land on descriptors 0 to 2 of a harness that was started without
// them: dup2() onto itself would leave them close-on-exec.
void fill_standard_descriptors() {
  while (true) {
    const int fd =
        ::open("/dev/null", O_RDWR);  // not close-on-exec: as a shell would have given it
    if (fd < 0) os::throw_errno("open /dev/null");
    if (fd > STDERR_FILENO) {
      ::close(fd);
      return;
    }
  }
}

// What the child does between fork and exec, after Boost has put its three descriptors in place.
// Async-signal-safe calls only.
class ChildSetup {
 public:
  ChildSetup(pid_t harness, LaunchOptions options, int questions) noexcept
      : harness_(harness), options_(options), questions_(questions) {}

  template <typename Launcher, typename Path, typename Arguments>
  boost::system::error_code on_exec_setup(Launcher&, const Path&, const Arguments&) const noexcept {
    // Boost 1.81 closes what is above its error pipe and leaves what is below it.
    ::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, kCloseRangeCloexec);
    ::setsid();
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    restore_descriptor_limit();
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The harness may have died before the line above: then the kernel will never tell.
    if (::getppid() != harness_) ::_exit(127);
    if (options_.dumps_no_core) {
      rlimit limit{};
      if (::getrlimit(RLIMIT_CORE, &limit) == 0) limit.rlim_cur = 0;
      ::setrlimit(RLIMIT_CORE, &limit);
    }
    // The last thing: from here on each fork is asked about.
    if (options_.asks_before_fork) send_descriptor(questions_, install_spawn_filter());
    return {};
  }

  // Boost's child would leave by exit(), running this program's exit handlers a second time.
  template <typename... Any>
  [[noreturn]] void on_exec_error(Any&&...) const noexcept {
    ::_exit(127);
  }

 private:
  pid_t harness_;
  LaunchOptions options_;
  int questions_;
};

bool is_executable_file(const std::string& path) {
  struct stat entry {};
  if (::stat(path.c_str(), &entry) != 0) return false;
  if (!S_ISREG(entry.st_mode)) {
    errno = S_ISDIR(entry.st_mode) ? EISDIR : EACCES;
    return false;
  }
  return ::access(path.c_str(), X_OK) == 0;
}

[[noreturn]] void refuse_program(const std::string& program) {
  switch (errno) {
    case EACCES:
      throw TargetUnusable(
          fmt::format("{}: not executable; chmod +x it, or name its interpreter first", program));
    case EISDIR:
      throw TargetUnusable(fmt::format("{}: a folder, not a program", program));
    case ENOENT:
    case ENOTDIR:
      throw TargetUnusable(fmt::format("{}: no such program{}", program,
                                       program.find('/') == std::string::npos
                                           ? " in PATH; a program of this folder is ./" + program
                                           : std::string()));
    default:
      throw TargetUnusable(fmt::format("{}: {}", program, std::strerror(errno)));
  }
}

// The environment of the harness and the variable that marks the run.
std::vector<const char*> environment_with(const std::string& marker) {
  std::vector<const char*> environment;
  const std::string prefix = std::string(kRunVariable) + "=";
  for (char** entry = ::environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with(prefix)) environment.push_back(*entry);
  }
  environment.push_back(marker.c_str());
  environment.push_back(nullptr);
  return environment;
}

}  // namespace

std::string find_program(const std::string& program) {
  if (program.empty()) throw TargetUnusable("no program is named after --");
  if (program.find('/') != std::string::npos) {
    if (!is_executable_file(program)) refuse_program(program);
    return program;
  }
  const char* const path = std::getenv("PATH");
  int why = ENOENT;
  std::string_view left = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (true) {
    const auto colon = left.find(':');
    std::string candidate(left.substr(0, colon));
    candidate = (candidate.empty() ? "." : candidate) + "/" + program;
    if (is_executable_file(candidate)) return candidate;
    if (errno == EACCES) why = EACCES;  // as exec does: found, but not allowed
    if (colon == std::string_view::npos) break;
    left.remove_prefix(colon + 1);
  }
  errno = why;
  refuse_program(program);
}

Launched launch(const std::vector<std::string>& command, const std::string& run_id,
                LaunchOptions options) {
  const std::string program = find_program(command.empty() ? std::string() : command.front());
  fill_standard_descriptors();
  Pipe input = make_wide_pipe("the target's standard input");
  Pipe output = make_wide_pipe("the target's standard output");
  Pipe errors = make_wide_pipe("the target's standard error");
  Pipe questions;
  if (options.asks_before_fork) questions = make_socket_pair();
  const std::string marker = std::string(kRunVariable) + "=" + run_id;
  const std::vector<const char*> environment = environment_with(marker);
  const std::vector<std::string> arguments(command.begin() + 1, command.end());

  // A child that fails to exec must not write out a second time what is still buffered.
  std::fflush(nullptr);
  const os::UniqueFd& own_output = options.speaks_protocol ? output.write : errors.write;
  boost::asio::io_context context;
  process::posix::default_launcher launcher;
  launcher.env = environment.data();
  boost::system::error_code error;
  // argv[0] of the child is the path that was found.
  auto child =
      launcher(context.get_executor(), error, program, arguments,
               process::process_stdio{{input.read.get()}, {own_output.get()}, {errors.write.get()}},
               ChildSetup(::getpid(), options, questions.write.get()));
  if (error) {
    // Boost leaves the child that failed to exec as a zombie.
    if (launcher.pid > 0) {
      const os::Process corpse = os::Process::adopt(launcher.pid, os::open_pidfd(launcher.pid));
      static_cast<void>(corpse.wait_ended(-1));
      static_cast<void>(reap(launcher.pid));
    }
    throw TargetUnusable(fmt::format(
        "{}: cannot be started: {}{}", program, error.message(),
        error.value() == ENOEXEC ? "; a script names its interpreter in its first line, #!" : ""));
  }
  const pid_t pid = child.id();
  child.detach();  // from here on identity, signals and reaping are ours

  Launched launched;
  auto opened = os::Process::open(pid);
  if (!opened) os::throw_errno("pidfd of the target");
  launched.process = std::move(*opened);
  launched.input = std::move(input.write);
  launched.output = std::move(output.read);
  launched.errors = std::move(errors.read);
  if (options.asks_before_fork) {
    questions.write.reset();
    launched.spawn_questions = receive_descriptor(questions.read.get());
  }
  make_non_blocking(launched.input);
  make_non_blocking(launched.output);
  make_non_blocking(launched.errors);
  if (!options.speaks_protocol) {
    launched.input.reset();
    launched.output.reset();
  }
  return launched;
}

}  // namespace revenant::chaos
