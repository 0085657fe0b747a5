#include "chaos/src/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "pool/os/error.h"

namespace revenant::chaos {

Pipe make_pipe(const char* what) {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) os::throw_errno(std::string("a pipe for ") + what);
  return {os::UniqueFd(fds[0]), os::UniqueFd(fds[1])};
}

void make_non_blocking(const os::UniqueFd& fd) {
  const int flags = ::fcntl(fd.get(), F_GETFL);
  if (flags < 0 || ::fcntl(fd.get(), F_SETFL, flags | O_NONBLOCK) != 0) os::throw_errno("fcntl");
}

}  // namespace revenant::chaos
