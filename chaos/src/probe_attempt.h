// One question from outside to a target that speaks no protocol: a command, or a connection.
//
// Nothing here waits, but for the resolution of a name in resolve_probe(). One thread at a time.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <optional>
#include <string>

#include "pool/os/unique_fd.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

// What is asked, with the name of the host resolved.
struct ProbePlan {
  std::string command = {};
  sockaddr_storage address = {};
  socklen_t address_bytes = 0;  // 0: it is the command
};

// TargetUnusable: a host that nobody knows. std::invalid_argument: no HOST:PORT.
[[nodiscard]] ProbePlan resolve_probe(const Probe& probe);

// "localhost:8080", "[::1]:80" as host and port. std::invalid_argument.
[[nodiscard]] std::pair<std::string, std::string> split_host_port(const std::string& text);

// A command runs in a process group of its own, with /dev/null as its three descriptors. Destroying
// one that is under way kills that group, or closes the connection.
//
// A connection is answered if it is accepted and somebody then writes or ends it in order, after we
// have ended our side: reset or refused, it is not. What is written is not looked at.
class ProbeAttempt {
 public:
  explicit ProbeAttempt(const ProbePlan& plan);
  ~ProbeAttempt();
  ProbeAttempt(ProbeAttempt&& other) noexcept;
  ProbeAttempt& operator=(ProbeAttempt&&) = delete;

  // For poll(); a negative descriptor where it is already known that it failed.
  [[nodiscard]] pollfd waits_for() const noexcept;
  // Goes on as far as it can. Empty while it is under way; then an empty text if it was answered,
  // else why not.
  [[nodiscard]] std::optional<std::string> advance();

 private:
  void start_command(const std::string& command);
  void start_connection(const ProbePlan& plan);
  [[nodiscard]] std::optional<std::string> advance_command();
  [[nodiscard]] std::optional<std::string> advance_connection();

  os::UniqueFd fd_;  // the pidfd of the command, or the socket
  pid_t command_ = -1;
  bool connected_ = false;
  std::string failed_ = {};
};

}  // namespace revenant::chaos
