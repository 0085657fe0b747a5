// A program that was started to carry out tasks, and the socket on which it is spoken to.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "pool/os/unique_fd.h"

namespace revenant::target {

// One child process with one end of a stream socket as its descriptor 3, where Node finds its IPC
// channel and anybody else may read and write lines. Its standard input is empty, its standard
// output is our standard error: the protocol's own output is not for it.
//
// If the process that started it dies, the kernel kills it (PR_SET_PDEATHSIG, tied to the thread
// that called start(); a set-uid program is out of its reach). The other way round is up to the
// owner: end_like().
class Program {
 public:
  // The first word is the program, searched in PATH where it has no slash. Throws std::system_error
  // where it cannot be executed; then nothing is left of the attempt.
  void start(const std::vector<std::string>& command);

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  // Blocking; for one thread.
  [[nodiscard]] int channel() const noexcept { return channel_.get(); }
  // Readable once it has ended.
  [[nodiscard]] int pidfd() const noexcept { return pidfd_.get(); }

  // Waits for its end, which must have come or be certain to come, and ends the calling process in
  // the same way: by the same signal or with the same code. Async-signal-safe.
  [[noreturn]] void end_like() const noexcept;
  // For a program that lives and is of no use: as above, after a SIGKILL.
  [[noreturn]] void kill_and_end() const noexcept;

  // It goes where descriptors 0 to 2 do not.
  static constexpr int kChannelFd = 3;

 private:
  pid_t pid_ = -1;
  os::UniqueFd channel_;
  os::UniqueFd pidfd_;
};

// Whether `program` can be executed: with a slash as it is, else in a folder of PATH.
[[nodiscard]] bool can_be_executed(const std::string& program);

}  // namespace revenant::target
