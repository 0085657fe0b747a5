// The supervisor's side of the nursery: forks it, asks it for workers, hears its reports.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>

#include "pool/os/message_socket.h"
#include "pool/os/process.h"
#include "pool/src/nursery.h"
#include "pool/src/nursery_messages.h"

namespace revenant {

class NurseryLink {
 public:
  explicit NurseryLink(const NurseryContext& context) noexcept : context_(context) {}
  // Kills the nursery and reaps it; its workers die with it.
  ~NurseryLink();
  NurseryLink(const NurseryLink&) = delete;
  NurseryLink& operator=(const NurseryLink&) = delete;

  // Forks a nursery. `close_first` are descriptors that it must not keep. Throws std::system_error
  // (EAGAIN, ENOMEM, EMFILE) and leaves no process and no descriptor behind.
  void start(std::span<const int> close_first);

  [[nodiscard]] bool is_alive() const noexcept { return static_cast<bool>(process_); }
  [[nodiscard]] const os::Process& process() const noexcept { return process_; }
  [[nodiscard]] int socket_fd() const noexcept { return socket_.fd(); }

  // Never blocks: what the nursery does not take at once is kept and sent by flush().
  void ask(SpawnRequest request);
  void flush() noexcept;

  struct Heard {
    NurseryReport report;
    os::UniqueFd pidfd;
    bool pidfd_lost = false;  // no descriptor was left for it in this process
  };
  // The next report; empty where there is none at the moment or the nursery is gone.
  [[nodiscard]] std::optional<Heard> hear() noexcept;

  // SIGKILL, wait, reap. Reports that it had sent can still be heard afterwards, until forget().
  void kill_and_reap() noexcept;
  void forget() noexcept;
  // Asks it to end: it kills its workers, reaps them and leaves. True if it did so in time; killed
  // and reaped if not.
  bool end(int timeout_ms) noexcept;

 private:
  const NurseryContext& context_;
  os::Process process_;
  os::MessageSocket socket_;
  std::deque<SpawnRequest> unsent_;
};

}  // namespace revenant
