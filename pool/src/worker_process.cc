#include "pool/src/worker_process.h"

#include <pthread.h>
#include <signal.h>
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
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  // From a terminal it goes to the whole group; the supervisor decides.
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// A function that calls exit() must not run the destructors and handlers of the supervisor's
// program: ours is the last registered, so it runs first, and leaves.
void leave_on_exit(int status, void*) { ::_exit(status); }

[[noreturn]] void run(const WorkerIdentity& identity) {
  const NurseryContext& context = identity.context;
  ::on_exit(leave_on_exit, nullptr);
  if (*context.on_worker_start) (*context.on_worker_start)();
  WorkerLoop loop(identity);
  loop.run();
}

}  // namespace

void worker_main(const WorkerIdentity& identity) noexcept {
  crash_point(CrashPoint::worker_forked);
  // Tied to the nursery's only thread. If it died before this call the signal is never sent: hence
  // the check.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != identity.nursery) ::_exit(kExitWithdrawn);
  char name[16];
  std::snprintf(name, sizeof name, "rv-worker-%u", identity.slot);
  ::prctl(PR_SET_NAME, name);
  reset_signals();

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
