#include "pool/os/message_socket.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "pool/os/error.h"

namespace revenant::os {

std::pair<MessageSocket, MessageSocket> MessageSocket::make_pair() {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) != 0) {
    throw_errno("socketpair");
  }
  return {MessageSocket(UniqueFd(fds[0])), MessageSocket(UniqueFd(fds[1]))};
}

void MessageSocket::shut_down() noexcept {
  if (fd_) ::shutdown(fd_.get(), SHUT_RDWR);
  close();
}

SendResult MessageSocket::send(std::span<const std::byte> message, int attached) noexcept {
  iovec part{const_cast<std::byte*>(message.data()), message.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  if (attached >= 0) {
    std::memset(control, 0, sizeof control);
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr* const rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(rights), &attached, sizeof(int));
  }
  while (true) {
    if (::sendmsg(fd_.get(), &header, MSG_NOSIGNAL) >= 0) return SendResult::sent;
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == ENOBUFS) return SendResult::would_block;
    if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN) return SendResult::peer_gone;
    return SendResult::failed;
  }
}

MessageSocket::Received MessageSocket::receive(std::span<std::byte> buffer) noexcept {
  Received received;
  iovec part{buffer.data(), buffer.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  ssize_t got = 0;
  do {
    got = ::recvmsg(fd_.get(), &header, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    if (errno == EAGAIN) received.result = ReceiveResult::would_block;
    if (errno == ECONNRESET || errno == ENOTCONN) received.result = ReceiveResult::peer_gone;
    return received;
  }
  for (cmsghdr* entry = CMSG_FIRSTHDR(&header); entry != nullptr;
       entry = CMSG_NXTHDR(&header, entry)) {
    if (entry->cmsg_level != SOL_SOCKET || entry->cmsg_type != SCM_RIGHTS) continue;
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(entry), sizeof fd);
    received.attached.reset(fd);
  }
  received.descriptor_lost = (header.msg_flags & MSG_CTRUNC) != 0;
  received.bytes = static_cast<std::size_t>(got);
  // No message of ours is empty: nothing read is the end.
  received.result = got > 0 ? ReceiveResult::message : ReceiveResult::peer_gone;
  return received;
}

}  // namespace revenant::os
