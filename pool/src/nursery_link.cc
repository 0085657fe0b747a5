#include "pool/src/nursery_link.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "pool/os/error.h"
#include "pool/src/crash_point.h"

namespace revenant {

NurseryLink::~NurseryLink() {
  if (is_alive()) kill_and_reap();
}

void NurseryLink::start(std::span<const int> close_first) {
  auto [mine, its] = os::MessageSocket::make_pair();
  const pid_t pid = ::fork();
  if (pid == 0) {
    mine.close();
    nursery_main(context_, std::move(its), close_first);
  }
  if (pid < 0) os::throw_errno("fork of the pool's nursery");
  crash_point(CrashPoint::supervisor_forked);
  os::UniqueFd pidfd = os::open_pidfd(pid);
  if (!pidfd) {
    const int error = errno;
    ::kill(pid, SIGKILL);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    errno = error;
    os::throw_errno("pidfd_open of the pool's nursery");
  }
  process_ = os::Process::adopt(pid, std::move(pidfd));
  socket_ = std::move(mine);
  unsent_.clear();
}

void NurseryLink::ask(SpawnRequest request) {
  unsent_.push_back(request);
  flush();
}

void NurseryLink::flush() noexcept {
  while (!unsent_.empty()) {
    const auto bytes = std::as_bytes(std::span(&unsent_.front(), 1));
    if (socket_.send(bytes) != os::SendResult::sent) return;
    unsent_.pop_front();
  }
}

std::optional<NurseryLink::Heard> NurseryLink::hear() noexcept {
  if (!socket_) return std::nullopt;
  Heard heard;
  auto received = socket_.receive(std::as_writable_bytes(std::span(&heard.report, 1)));
  if (received.result != os::ReceiveResult::message) return std::nullopt;
  if (received.bytes != sizeof heard.report) return std::nullopt;
  heard.pidfd = std::move(received.attached);
  heard.pidfd_lost = received.descriptor_lost;
  return heard;
}

void NurseryLink::kill_and_reap() noexcept {
  process_.send_signal(SIGKILL);
  process_.wait_ended(-1);
  // Where the program ignores SIGCHLD, or reaps everybody itself, there is nothing left to reap.
  while (::waitpid(process_.pid(), nullptr, 0) < 0 && errno == EINTR) {
  }
  process_ = os::Process();
}

bool NurseryLink::end(int timeout_ms) noexcept {
  // Another pool's nursery, or a child that the program has forked, may hold a copy.
  socket_.shut_down();
  unsent_.clear();
  const bool in_time = process_.wait_ended(timeout_ms);
  kill_and_reap();
  return in_time;
}

void NurseryLink::forget() noexcept {
  socket_.close();
  unsent_.clear();
}

}  // namespace revenant
