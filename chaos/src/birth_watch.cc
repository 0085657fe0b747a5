#include "chaos/src/birth_watch.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace revenant::chaos {
namespace {

constexpr long kOptions = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;

long trace(__ptrace_request request, pid_t pid, std::uintptr_t data) {
  return ::ptrace(request, pid, nullptr, reinterpret_cast<void*>(data));
}

std::vector<pid_t> threads_of(pid_t pid) {
  std::vector<pid_t> threads;
  std::error_code error;
  const std::string folder = "/proc/" + std::to_string(pid) + "/task";
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    pid_t thread = 0;
    std::from_chars(name.data(), name.data() + name.size(), thread);
    if (thread > 0) threads.push_back(thread);
  }
  return threads;
}

}  // namespace

std::string BirthWatch::seize(pid_t parent) {
  letting_go_ = false;
  born_.reset();
  for (const pid_t thread : threads_of(parent)) {
    if (trace(PTRACE_SEIZE, thread, kOptions) == 0) {
      threads_.push_back(thread);
    } else if (errno != ESRCH) {
      std::string why = std::strerror(errno);
      let_go();
      return why;
    }
  }
  return threads_.empty() ? "the parent is gone" : "";
}

std::optional<pid_t> BirthWatch::look() {
  const std::vector<pid_t> threads = threads_;  // take_stop() changes the list
  for (const pid_t thread : threads) {
    int status = 0;
    const pid_t got = ::waitpid(thread, &status, WNOHANG | __WALL);
    if (got == 0 || (got < 0 && errno == EINTR)) continue;
    if (got < 0 || !WIFSTOPPED(status)) {
      std::erase(threads_, thread);
    } else {
      take_stop(thread, status);
    }
  }
  if (!born_ || letting_go_) return std::nullopt;
  letting_go_ = true;
  for (const pid_t thread : threads_) trace(PTRACE_INTERRUPT, thread, 0);
  return born_;
}

void BirthWatch::take_stop(pid_t thread, int status) {
  const int event = status >> 16;
  const int signal = WSTOPSIG(status);
  if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK || event == PTRACE_EVENT_CLONE) {
    unsigned long message = 0;
    trace(PTRACE_GETEVENTMSG, thread, reinterpret_cast<std::uintptr_t>(&message));
    const auto born = static_cast<pid_t>(message);
    // A further one than was asked for is let go when it stops; so is a thread.
    if (event != PTRACE_EVENT_CLONE && !born_) {
      born_ = born;
    } else {
      threads_.push_back(born);
    }
  }
  const std::uintptr_t delivered = event == 0 ? static_cast<std::uintptr_t>(signal) : 0;
  if (letting_go_) {
    trace(PTRACE_DETACH, thread, delivered);
    std::erase(threads_, thread);
  } else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) {
    trace(PTRACE_LISTEN, thread, 0);
  } else {
    trace(PTRACE_CONT, thread, delivered);
  }
}

void BirthWatch::let_go() {
  constexpr int kTries = 100'000;  // as for a SystemCallFollower
  constexpr useconds_t kPauseUs = 100;
  if (!letting_go_) {
    letting_go_ = true;
    for (const pid_t thread : threads_) trace(PTRACE_INTERRUPT, thread, 0);
  }
  for (int i = 0; i < kTries && !threads_.empty(); ++i) {
    static_cast<void>(look());
    if (!threads_.empty()) ::usleep(kPauseUs);
  }
  threads_.clear();
}

}  // namespace revenant::chaos
