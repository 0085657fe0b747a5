#include "chaos/test/targets/worker_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace revenant::chaos::targets {
namespace {

[[noreturn]] void die(const char* what) {
  std::perror(what);
  std::_Exit(2);
}

// Reads up to a newline, byte by byte in effect: at most one task is under way.
bool read_line(int fd, std::string& line) {
  line.clear();
  char buffer[4096];
  for (;;) {
    const ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n <= 0) return false;
    line.append(buffer, static_cast<std::size_t>(n));
    if (line.back() == '\n') {
      line.pop_back();
      return true;
    }
  }
}

// False once the pool is gone.
bool write_all(int fd, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

// What comes is "ATTEMPTS LINE".
[[noreturn]] void work(int socket, WorkerHabits habits) {
  std::string line;
  while (read_line(socket, line)) {
    const std::size_t space = line.find(' ');
    Task task = read_task(line.substr(space + 1));
    task.attempts = static_cast<unsigned>(std::atoi(line.c_str()));
    const bool spoils = (habits.spoil_second_try && task.attempts > 1) ||
                        (habits.spoil_rarely && task.id % 50 == 0);
    std::string answer;
    if (habits.fail_everything) {
      answer = failed_line(task, ::getpid());
    } else if (habits.skip_some && task.id % 40 == 0) {
      answer = undone_line(task);
    } else {
      answer = do_task(task, spoils);
    }
    if (!write_all(socket, answer)) break;
  }
  while (habits.outlive_the_pool) ::pause();
  std::_Exit(0);
}

}  // namespace

WorkerProcess start_worker(const std::vector<int>& others, WorkerHabits habits) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) die("socketpair");
  const pid_t pool = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) {  // refused: the pool tries again later
    ::close(ends[0]);
    ::close(ends[1]);
    return {};
  }
  if (pid == 0) {
    // The answer to a dead pool must not be the end of it.
    if (habits.outlive_the_pool) ::signal(SIGPIPE, SIG_IGN);
    if (!habits.outlive_the_pool) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != pool) std::_Exit(0);  // it died before the line above
    }
    ::close(ends[0]);
    for (const int other : others) ::close(other);
    ::close(STDIN_FILENO);
    ::close(STDOUT_FILENO);
    work(ends[1], habits);
  }
  ::close(ends[1]);
  // The pool never waits for one worker: it may be stopped.
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {.pid = pid, .socket = ends[0]};
}

}  // namespace revenant::chaos::targets
