#include "chaos/src/probe_attempt.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "chaos/src/reap.h"
#include "pool/os/process.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {
namespace {

std::string told_by_errno(const char* what, int error) {
  return fmt::format("{}: {}", what, std::strerror(error));
}

// What a probe's command is started with: nothing of the harness's but the environment.
class SpawnRecipe {
 public:
  SpawnRecipe() {
    ::posix_spawn_file_actions_init(&files_);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      ::posix_spawn_file_actions_addopen(&files_, fd, "/dev/null", O_RDWR, 0);
    }
    ::posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnRecipe() {
    ::posix_spawn_file_actions_destroy(&files_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnRecipe(const SpawnRecipe&) = delete;
  SpawnRecipe& operator=(const SpawnRecipe&) = delete;

  [[nodiscard]] int spawn(const std::string& command, pid_t& pid) const {
    std::string text = command;
    char shell[] = "sh";
    char option[] = "-c";
    char* const arguments[] = {shell, option, text.data(), nullptr};
    return ::posix_spawn(&pid, "/bin/sh", &files_, &attributes_, arguments, ::environ);
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

}  // namespace

std::pair<std::string, std::string> split_host_port(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
    throw std::invalid_argument(fmt::format("{}: has to be HOST:PORT, as localhost:8080", text));
  }
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {std::move(host), text.substr(colon + 1)};
}

ProbePlan resolve_probe(const Probe& probe) {
  ProbePlan plan{.command = probe.command};
  if (probe.tcp.empty()) return plan;
  const auto [host, port] = split_host_port(probe.tcp);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
    throw TargetUnusable(fmt::format("--probe-tcp {}: {}", probe.tcp, ::gai_strerror(error)));
  }
  std::memcpy(&plan.address, found->ai_addr, found->ai_addrlen);
  plan.address_bytes = found->ai_addrlen;
  ::freeaddrinfo(found);
  return plan;
}

ProbeAttempt::ProbeAttempt(const ProbePlan& plan) {
  if (plan.address_bytes > 0) {
    start_connection(plan);
  } else {
    start_command(plan.command);
  }
}

ProbeAttempt::ProbeAttempt(ProbeAttempt&& other) noexcept
    : fd_(std::move(other.fd_)),
      command_(std::exchange(other.command_, -1)),
      connected_(other.connected_),
      failed_(std::move(other.failed_)) {}

// The group cannot be anybody else's while its leader, our child, was not reaped.
ProbeAttempt::~ProbeAttempt() {
  if (command_ < 0) return;
  ::kill(-command_, SIGKILL);
  while (!reap(command_)) ::poll(nullptr, 0, 1);
}

void ProbeAttempt::start_command(const std::string& command) {
  static const SpawnRecipe recipe;
  pid_t pid = -1;
  if (const int error = recipe.spawn(command, pid); error != 0) {
    failed_ = told_by_errno("the probe could not be started", error);
    return;
  }
  command_ = pid;
  fd_ = os::open_pidfd(pid);
  if (!fd_) failed_ = told_by_errno("the probe could not be watched", errno);
}

void ProbeAttempt::start_connection(const ProbePlan& plan) {
  fd_ =
      os::UniqueFd(::socket(plan.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const auto* const address = reinterpret_cast<const sockaddr*>(&plan.address);
  if (!fd_ || (::connect(fd_.get(), address, plan.address_bytes) != 0 && errno != EINPROGRESS)) {
    failed_ = told_by_errno("connect", errno);
    fd_.reset();
  }
}

pollfd ProbeAttempt::waits_for() const noexcept {
  const bool connecting = command_ < 0 && !connected_;
  return {fd_.get(), static_cast<short>(connecting ? POLLOUT : POLLIN), 0};
}

std::optional<std::string> ProbeAttempt::advance() {
  if (!failed_.empty()) return failed_;
  return command_ >= 0 ? advance_command() : advance_connection();
}

std::optional<std::string> ProbeAttempt::advance_command() {
  const auto status = reap(command_);
  if (!status) return std::nullopt;
  command_ = -1;
  if (WIFSIGNALED(*status)) return fmt::format("the probe died of signal {}", WTERMSIG(*status));
  const int code = WEXITSTATUS(*status);
  return code == 0 ? std::string() : fmt::format("the probe exited with code {}", code);
}

std::optional<std::string> ProbeAttempt::advance_connection() {
  pollfd ready = waits_for();
  if (::poll(&ready, 1, 0) <= 0) return std::nullopt;
  if (!connected_) {
    int error = 0;
    socklen_t bytes = sizeof error;
    ::getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &error, &bytes);
    if (error != 0) return told_by_errno("connect", error);
    connected_ = true;
    ::shutdown(fd_.get(), SHUT_WR);
  }
  // Accepted by the kernel is not served: somebody has to write or to end it.
  char byte = 0;
  if (::read(fd_.get(), &byte, 1) >= 0) return std::string();
  if (errno == EAGAIN || errno == EINTR) return std::nullopt;
  return told_by_errno("read", errno);
}

}  // namespace revenant::chaos
