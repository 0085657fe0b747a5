#include "pool/src/worker_process.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "pool/src/crash_point.h"
#include "pool/src/worker_loop.h"

namespace revenant {
namespace {

// The user's program may have handlers for anything; here they would run in the wrong process.
void reset_signals() noexcept {
  sigset_t all;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, nullptr);
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  // From a terminal it goes to the whole group; the supervisor decides.
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGPIPE, SIG_IGN);
}

void unblock_signals() noexcept {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// The bell's descriptor goes where no open() of the user's function lands: if the function closes
// every descriptor and opens others, we notice that ours is gone instead of writing into one of its
// files.
int hide_descriptor(int fd) noexcept {
  constexpr int kHigh = 800;
  const int hidden = ::fcntl(fd, F_DUPFD_CLOEXEC, kHigh);
  if (hidden < 0) return fd;
  ::close(fd);
  return hidden;
}

volatile std::uint64_t* map_mark() noexcept {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* const address =
      ::mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (address == MAP_FAILED) return nullptr;
  ::madvise(address, page, MADV_WIPEONFORK);
  return static_cast<std::uint64_t*>(address);
}

// A function that calls exit() must not run the destructors and handlers of the supervisor's
// program: ours is the last registered, so it runs first, and leaves.
void leave_on_exit(int status, void*) { ::_exit(status); }

[[noreturn]] void run(const WorkerIdentity& identity) {
  if (const std::function<void()>& start = *identity.context.on_worker_start) {
    // What it starts, threads and processes, is not to inherit our slice.
    identity.inherited.slice.restore();
    start();
  }
  WorkerLoop loop(identity);
  loop.run();
}

}  // namespace

bool prepare_inheritance(const NurseryContext& context, Inheritance& made) noexcept {
  reset_signals();
  ::on_exit(leave_on_exit, nullptr);
  made.slice = os::TimeSlice::shorten();
  made.wake_fd = hide_descriptor(context.wake_fd);
  made.mark = map_mark();
  return made.mark != nullptr;
}

void worker_main(const WorkerIdentity& identity) noexcept {
  crash_point(CrashPoint::worker_forked);
  // Tied to the nursery's only thread. If it died before this call the signal is never sent: hence
  // the check.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != identity.nursery) ::_exit(kExitWithdrawn);
  ::prctl(PR_SET_NAME, identity.name);
  unblock_signals();

  const Region& region = *identity.context.region;
  MailboxControl& control = region.mailbox(identity.slot).control();
  if (!control.life.claim(identity.generation, ::getpid())) ::_exit(kExitWithdrawn);
  crash_point(CrashPoint::worker_claimed);
  region.keep_only(identity.slot);
  if (!control.lock.hold()) ::_exit(kExitStartFailed);
  crash_point(CrashPoint::worker_locked);
  try {
    run(identity);
  } catch (...) {
    std::fputs("revenant: on_worker_start threw; the worker leaves\n", stderr);
    ::_exit(kExitStartFailed);
  }
}

}  // namespace revenant
