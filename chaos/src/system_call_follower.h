// Follows the system calls of one process's first thread, with ptrace.
//
// The calling thread becomes the tracer and is the only one that may call; nothing here waits. The
// process runs slowly meanwhile: it stops as it enters and as it leaves each call, until the next
// look(). Destroying the follower lets it go on as it was, once it next stops.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <string>

namespace revenant::chaos {

struct SystemCall {
  long number = -1;
  std::array<std::uint64_t, 6> arguments{};
  bool is_leaving = false;
  std::int64_t result = 0;  // where it is leaving: below 0 the negative errno
};

class SystemCallFollower {
 public:
  enum class State {
    none,       // nobody is followed
    attaching,  // it was asked to stop, and has not yet
    running,    // on its way to the next call
    at_call,    // stopped, entering or leaving call()
    ended,      // the process is gone, and collected as far as the tracer has to
  };

  SystemCallFollower() = default;
  ~SystemCallFollower() { let_go(); }
  SystemCallFollower(const SystemCallFollower&) = delete;
  SystemCallFollower& operator=(const SystemCallFollower&) = delete;

  // Begins to follow. Empty, or why it may not: another tracer, no permission.
  [[nodiscard]] std::string seize(pid_t pid);
  // The process was born of one that is traced with PTRACE_O_TRACEFORK, so it is traced already.
  void adopt(pid_t pid);

  // Takes in what has happened. At a call it stays until resume().
  State look();
  void resume();
  // It was sent a SIGKILL where it stands: look() says when it has ended, and collects it.
  void expect_end() noexcept { state_ = State::running; }
  // Lets the process go on untraced. Waits for it to stop, which it does at once if it is not dying
  // and gets a processor; for ten seconds at most.
  void let_go();

  [[nodiscard]] State state() const noexcept { return state_; }
  [[nodiscard]] const SystemCall& call() const noexcept { return call_; }
  // Whether the call was under way when it was stopped, and is only entered again.
  [[nodiscard]] bool is_restart() const noexcept { return calls_seen_ == 1 && !call_.is_leaving; }

 private:
  void take_stop(int status);
  void go_on(int signal);

  pid_t pid_ = -1;
  State state_ = State::none;
  SystemCall call_;
  std::uint64_t calls_seen_ = 0;
};

}  // namespace revenant::chaos
