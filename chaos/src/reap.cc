#include "chaos/src/reap.h"

#include <sys/wait.h>

#include <cerrno>

namespace revenant::chaos {

std::optional<int> reap(pid_t pid) noexcept {
  int status = 0;
  pid_t got = 0;
  do {
    got = ::waitpid(pid, &status, WNOHANG);
  } while (got < 0 && errno == EINTR);
  if (got != pid) return std::nullopt;
  return status;
}

}  // namespace revenant::chaos
