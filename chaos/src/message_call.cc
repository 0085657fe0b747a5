#include "chaos/src/message_call.h"

#include <linux/futex.h>
#include <sys/syscall.h>

#include "chaos/src/activity.h"

namespace revenant::chaos {
namespace {

constexpr long kFutexWaitv = 449;  // Linux 5.16; glibc's headers may be older

MessageCall futex_call(std::uint64_t operation) {
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
      return MessageCall::read;
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      return MessageCall::write;
    default:
      return MessageCall::other;
  }
}

bool carries_messages(pid_t pid, std::uint64_t fd) {
  const std::string_view kind = kind_of_descriptor(pid, fd);
  return kind == "pipe" || kind == "socket" || kind == "eventfd";
}

}  // namespace

MessageCall message_call(const SystemCall& call, pid_t pid) {
  switch (call.number) {
    case SYS_read:
    case SYS_readv:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_recvmmsg:
      return carries_messages(pid, call.arguments[0]) ? MessageCall::read : MessageCall::other;
    case SYS_write:
    case SYS_writev:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_sendmmsg:
      return carries_messages(pid, call.arguments[0]) ? MessageCall::write : MessageCall::other;
    case SYS_futex:
      return futex_call(call.arguments[1]);
    case kFutexWaitv:
      return MessageCall::read;
    default:
      return MessageCall::other;
  }
}

bool waits_for_work(const SystemCall& call, pid_t pid) {
  switch (call.number) {
    case SYS_ppoll:
    case SYS_pselect6:
    case SYS_epoll_pwait:
#ifdef SYS_poll
    case SYS_poll:
    case SYS_select:
    case SYS_epoll_wait:
    case SYS_pause:
#endif
      return true;
    default:
      return message_call(call, pid) == MessageCall::read;
  }
}

}  // namespace revenant::chaos
