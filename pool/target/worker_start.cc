#include "pool/target/worker_start.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

namespace revenant::target {

void start_worker(int null_fd, int input, int output) noexcept {
  ::dup2(null_fd, input);
  ::dup2(null_fd, output);
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

}  // namespace revenant::target
