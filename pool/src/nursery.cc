#include "pool/src/nursery.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio_ext.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <vector>

#include "pool/src/crash_point.h"
#include "pool/src/early_notice.h"
#include "pool/src/nursery_messages.h"
#include "pool/src/worker_process.h"

namespace revenant {
namespace {

// As ps(1) and top(1) show it.
struct WorkerName {
  explicit WorkerName(std::uint32_t slot) noexcept {
    *std::to_chars(text + std::strlen(text), std::end(text) - 1, slot).ptr = '\0';
  }
  char text[16] = "rv-worker-";
};

class Nursery {
 public:
  Nursery(const NurseryContext& context, os::MessageSocket socket)
      : context_(context), socket_(std::move(socket)), workers_(context.region->slots()) {}

  [[noreturn]] void run() noexcept {
    prepare();
    if (context_.tries_early_notice) try_early_notice();
    while (true) {
      std::array<pollfd, 3> sources{pollfd{socket_.fd(), POLLIN, 0},
                                    pollfd{context_.supervisor_fd, POLLIN, 0},
                                    pollfd{children_.get(), POLLIN, 0}};
      if (::poll(sources.data(), sources.size(), -1) < 0) continue;
      // A supervisor that is gone needs nothing more, whatever else there is.
      if (sources[1].revents != 0) end();
      if (sources[2].revents != 0) reap();
      if (sources[0].revents != 0) serve();
    }
  }

 private:
  struct Worker {
    pid_t pid = -1;
    std::uint32_t generation = 0;
  };

  void prepare() noexcept {
    // Blocks every signal: what the terminal and service managers send to the whole group is for
    // the supervisor to decide about.
    if (!prepare_inheritance(context_, inheritance_)) end();
    sigset_t child;
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    children_.reset(::signalfd(-1, &child, SFD_NONBLOCK | SFD_CLOEXEC));
    // Without it (EMFILE) nobody could be reaped; the supervisor sees us go and tries again.
    if (!children_) end();
  }

  void try_early_notice() const noexcept {
    const pid_t nursery = ::getpid();
    if (::fork() == 0) die_for_trial(context_.region->header(), nursery);
  }

  void serve() noexcept {
    while (true) {
      SpawnRequest request;
      const auto received = socket_.receive(std::as_writable_bytes(std::span(&request, 1)));
      if (received.result == os::ReceiveResult::would_block) return;
      if (received.result != os::ReceiveResult::message) end();
      if (received.bytes != sizeof request || request.slot >= workers_.size()) continue;
      crash_point(CrashPoint::nursery_asked);
      spawn(request);
    }
  }

  void spawn(const SpawnRequest& request) noexcept {
    NurseryReport report{NurseryNews::spawned, request.slot, request.generation, -1, -1, 0};
    const pid_t nursery = ::getpid();
    const WorkerName name(request.slot);
    const pid_t pid = ::fork();
    if (pid == 0) {
      socket_.close();
      children_.reset();
      worker_main({context_, inheritance_, name.text, request.slot, request.generation,
                   request.stands_in != 0, nursery});
    }
    crash_point(CrashPoint::nursery_forked);
    if (pid < 0) {
      report.news = NurseryNews::spawn_failed;
      report.error = errno;
      tell(report);
      return;
    }
    workers_[request.slot] = {pid, request.generation};
    report.pid = pid;
    // Opened before the pid is reaped: it cannot be a stranger's.
    const os::UniqueFd pidfd = os::open_pidfd(pid);
    if (!pidfd) {
      report.news = NurseryNews::spawn_failed;
      report.error = errno;
      ::kill(pid, SIGKILL);
    }
    tell(report, pidfd.get());
    crash_point(CrashPoint::nursery_reported);
  }

  // The one place that reaps workers.
  void reap() noexcept {
    signalfd_siginfo ignored;
    while (::read(children_.get(), &ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    // SIGCHLD coalesces: as many as there are, however often it was sent.
    while (const pid_t pid = ::waitpid(-1, &status, WNOHANG)) {
      if (pid < 0) return;
      crash_point(CrashPoint::nursery_reaped);
      for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
        if (workers_[slot].pid != pid) continue;
        tell({NurseryNews::exited, slot, workers_[slot].generation, pid, status, 0});
        workers_[slot].pid = -1;
        break;
      }
    }
  }

  // Reports are not dropped: where the supervisor is not reading, wait until it does or is gone.
  void tell(const NurseryReport& report, int attached = -1) noexcept {
    const auto bytes = std::as_bytes(std::span(&report, 1));
    while (true) {
      switch (socket_.send(bytes, attached)) {
        case os::SendResult::sent:
          return;
        case os::SendResult::peer_gone:
          end();
        case os::SendResult::failed:
          // No memory or no descriptors in flight: try again, for without its report the worker is
          // nobody's.
        case os::SendResult::would_block:
          break;
      }
      std::array<pollfd, 2> sources{pollfd{socket_.fd(), POLLOUT, 0},
                                    pollfd{context_.supervisor_fd, POLLIN, 0}};
      ::poll(sources.data(), sources.size(), 100);
      if (sources[1].revents != 0) end();
    }
  }

  [[noreturn]] void end() noexcept {
    // The kernel would kill them (PR_SET_PDEATHSIG), but leave the reaping to init. Unreaped
    // children of ours: the pids are right. All are killed before the first is waited for.
    for (const Worker& worker : workers_) {
      if (worker.pid > 0) ::kill(worker.pid, SIGKILL);
    }
    for (const Worker& worker : workers_) {
      if (worker.pid > 0) ::waitpid(worker.pid, nullptr, 0);
    }
    ::_exit(0);
  }

  const NurseryContext& context_;
  os::MessageSocket socket_;
  std::vector<Worker> workers_;
  Inheritance inheritance_;
  os::UniqueFd children_;
};

}  // namespace

void nursery_main(const NurseryContext& context, os::MessageSocket socket,
                  std::span<const int> close_first) noexcept {
  for (const int fd : close_first) {
    if (fd >= 0) ::close(fd);
  }
  ::prctl(PR_SET_NAME, "rv-nursery");
  // What the supervisor had buffered is the supervisor's to write.
  ::__fpurge(stdout);
  Nursery nursery(context, std::move(socket));
  nursery.run();
}

}  // namespace revenant
