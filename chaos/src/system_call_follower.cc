#include "chaos/src/system_call_follower.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace revenant::chaos {
namespace {

constexpr int kSystemCallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD
constexpr int kStopsALook = 64;

long trace(__ptrace_request request, pid_t pid, std::uintptr_t address, std::uintptr_t data) {
  return ::ptrace(request, pid, reinterpret_cast<void*>(address), reinterpret_cast<void*>(data));
}

int event_of(int status) noexcept { return status >> 16; }

}  // namespace

std::string SystemCallFollower::seize(pid_t pid) {
  if (trace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) != 0 ||
      trace(PTRACE_INTERRUPT, pid, 0, 0) != 0) {
    return std::strerror(errno);
  }
  pid_ = pid;
  state_ = State::attaching;
  calls_seen_ = 0;
  return {};
}

void SystemCallFollower::adopt(pid_t pid) {
  pid_ = pid;
  state_ = State::attaching;
  // Nothing is restarted in one that was just born.
  calls_seen_ = 1;
}

SystemCallFollower::State SystemCallFollower::look() {
  for (int i = 0; i < kStopsALook; ++i) {
    if (state_ != State::attaching && state_ != State::running) return state_;
    int status = 0;
    const pid_t got = ::waitpid(pid_, &status, WNOHANG | __WALL);
    if (got == 0 || (got < 0 && errno == EINTR)) return state_;
    if (got < 0 || !WIFSTOPPED(status)) return state_ = State::ended;
    take_stop(status);
  }
  return state_;
}

void SystemCallFollower::take_stop(int status) {
  const int signal = WSTOPSIG(status);
  if (signal == kSystemCallStop) {
    __ptrace_syscall_info info{};
    if (trace(PTRACE_GET_SYSCALL_INFO, pid_, sizeof info,
              reinterpret_cast<std::uintptr_t>(&info)) <= 0) {
      return go_on(0);
    }
    call_.is_leaving = info.op == PTRACE_SYSCALL_INFO_EXIT;
    if (call_.is_leaving) {
      call_.result = info.exit.rval;
    } else {
      call_.number = static_cast<long>(info.entry.nr);
      for (std::size_t i = 0; i < call_.arguments.size(); ++i) {
        call_.arguments[i] = info.entry.args[i];
      }
    }
    ++calls_seen_;
    state_ = State::at_call;
    return;
  }
  if (event_of(status) == PTRACE_EVENT_STOP) {
    if (state_ == State::attaching) trace(PTRACE_SETOPTIONS, pid_, 0, PTRACE_O_TRACESYSGOOD);
    // A group stop is left as it is, until SIGCONT.
    if (signal != SIGTRAP && trace(PTRACE_LISTEN, pid_, 0, 0) == 0) {
      state_ = State::running;
      return;
    }
    return go_on(0);
  }
  go_on(event_of(status) == 0 ? signal : 0);
}

void SystemCallFollower::go_on(int signal) {
  state_ = State::running;
  trace(PTRACE_SYSCALL, pid_, 0, static_cast<std::uintptr_t>(signal));
}

void SystemCallFollower::resume() {
  if (state_ == State::at_call) go_on(0);
}

void SystemCallFollower::let_go() {
  if (state_ == State::none) return;
  // Only one that is stopped can be let go; it stops when asked, as soon as it gets a processor. To
  // give up sooner would leave it stopped for ever.
  constexpr int kTries = 200'000;
  constexpr useconds_t kPauseUs = 50;
  if (state_ != State::at_call) trace(PTRACE_INTERRUPT, pid_, 0, 0);
  for (int i = 0; i < kTries && state_ != State::ended; ++i) {
    if (state_ == State::at_call) {
      trace(PTRACE_DETACH, pid_, 0, 0);
      break;
    }
    int status = 0;
    const pid_t got = ::waitpid(pid_, &status, WNOHANG | __WALL);
    if (got == 0) {
      ::usleep(kPauseUs);
    } else if (got < 0 || !WIFSTOPPED(status)) {
      break;
    } else {
      const int signal = WSTOPSIG(status);
      const bool delivers = event_of(status) == 0 && signal != kSystemCallStop;
      trace(PTRACE_DETACH, pid_, 0, delivers ? static_cast<std::uintptr_t>(signal) : 0);
      break;
    }
  }
  state_ = State::none;
  pid_ = -1;
}

}  // namespace revenant::chaos
