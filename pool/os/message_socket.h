// A connected pair of SOCK_SEQPACKET sockets: whole messages, in order, with descriptors attached.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "pool/os/unique_fd.h"

namespace revenant::os {

enum class SendResult { sent, would_block, peer_gone, failed };
enum class ReceiveResult { message, would_block, peer_gone, failed };

// One end. Close-on-exec, non-blocking. A message arrives whole or not at all, also when its sender
// is killed in the middle of the call. The end of the peer's last copy is seen as peer_gone, after
// every message that it had sent. One thread at a time.
class MessageSocket {
 public:
  MessageSocket() noexcept = default;
  explicit MessageSocket(UniqueFd fd) noexcept : fd_(std::move(fd)) {}

  // std::system_error (EMFILE, ENFILE, ENOBUFS).
  [[nodiscard]] static std::pair<MessageSocket, MessageSocket> make_pair();

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(fd_); }
  void close() noexcept { fd_.reset(); }
  // Closes it for every process: the peer sees peer_gone although a forked child, of whoever it is,
  // still holds a copy of this end.
  void shut_down() noexcept;

  // `attached` is duplicated into the receiver; -1 for none. Async-signal-safe, raises no SIGPIPE.
  [[nodiscard]] SendResult send(std::span<const std::byte> message, int attached = -1) noexcept;

  struct Received {
    ReceiveResult result = ReceiveResult::failed;
    std::size_t bytes = 0;
    UniqueFd attached;
    // A descriptor was sent, but this process had no room for it (EMFILE): the message is whole.
    bool descriptor_lost = false;
  };
  [[nodiscard]] Received receive(std::span<std::byte> buffer) noexcept;

 private:
  UniqueFd fd_;
};

}  // namespace revenant::os
