#include "chaos/src/descriptor_passing.h"

#include <sys/socket.h>

#include <cstring>

namespace revenant::chaos {
namespace {

// One byte has to go with it.
struct DescriptorMessage {
  char byte = 'x';
  iovec data{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};

  explicit DescriptorMessage(bool with_control) noexcept {
    header.msg_iov = &data;
    header.msg_iovlen = 1;
    if (!with_control) return;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
  }
};

}  // namespace

void send_descriptor(int socket, int descriptor) noexcept {
  DescriptorMessage message(descriptor >= 0);
  if (descriptor >= 0) {
    cmsghdr* const part = CMSG_FIRSTHDR(&message.header);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(part), &descriptor, sizeof descriptor);
  }
  static_cast<void>(::sendmsg(socket, &message.header, MSG_NOSIGNAL));
}

os::UniqueFd receive_descriptor(int socket) noexcept {
  DescriptorMessage message(true);
  if (::recvmsg(socket, &message.header, MSG_CMSG_CLOEXEC) <= 0) return {};
  const cmsghdr* const part = CMSG_FIRSTHDR(&message.header);
  if (part == nullptr || part->cmsg_type != SCM_RIGHTS) return {};
  int descriptor = -1;
  std::memcpy(&descriptor, CMSG_DATA(part), sizeof descriptor);
  return os::UniqueFd(descriptor);
}

}  // namespace revenant::chaos
