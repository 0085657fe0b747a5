#include "bench/src/goals/command_run.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "bench/src/goals/scratch_folder.h"
#include "bench/src/peer_process.h"
#include "pool/os/clock.h"
#include "pool/os/error.h"
#include "pool/os/proc.h"

namespace revenant::bench::goals {
namespace {

constexpr int kLookEveryMs = 10;
constexpr std::string_view kPeak = "VmHWM:";

// In the child.
void redirect(int fd, const char* path, int flags) {
  const int opened = ::open(path, flags | O_CLOEXEC, 0600);
  if (opened < 0 || ::dup2(opened, fd) < 0) ::_exit(126);
}

double peak_kib_of(pid_t pid) {
  const auto text = os::read_small_file("/proc/" + std::to_string(pid) + "/status");
  if (!text) return 0;
  const std::size_t at = text->find(kPeak);
  if (at == std::string::npos) return 0;
  return std::strtod(text->c_str() + at + kPeak.size(), nullptr);
}

}  // namespace

CommandRun run_command(std::vector<std::string> arguments) {
  const ScratchFolder folder;
  const std::string output = folder.file("output");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const os::TimePoint begin = os::now();
  const PeerProcess program([&] {
    redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
    redirect(STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC);
    redirect(STDERR_FILENO, "/dev/null", O_WRONLY);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  });
  CommandRun run;
  const pid_t pid = program.process().pid();
  while (!program.process().wait_ended(kLookEveryMs)) {
    run.peak_kib = std::max(run.peak_kib, peak_kib_of(pid));
  }
  run.wall_seconds = std::chrono::duration<double>(os::now() - begin).count();
  // Of a zombie the kernel still tells the times; it is reaped by the destructor.
  if (const auto stat = os::read_proc_stat(pid)) {
    run.cpu_seconds =
        static_cast<double>(stat->cpu_ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0) {
    os::throw_errno("waitid of " + arguments[0]);
  }
  if (info.si_code == CLD_EXITED) run.exit_code = info.si_status;
  run.output = os::read_small_file(output).value_or("");
  return run;
}

}  // namespace revenant::bench::goals
