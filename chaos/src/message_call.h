// Which system calls carry messages between the processes of a pool.
#pragma once

#include <sys/types.h>

#include "chaos/src/system_call_follower.h"

namespace revenant::chaos {

enum class MessageCall {
  read,   // takes a message from a pipe, a socket or an eventfd; or waits on a futex
  write,  // puts one there; or wakes whoever waits on a futex
  other,
};

// Pools that keep their messages in shared memory ring by futex, so its calls are where theirs are
// read and written. `pid` made the call and is stopped in it.
[[nodiscard]] MessageCall message_call(const SystemCall& call, pid_t pid);

// Whether a process that enters this call waits for something to do: reads a message, or polls.
[[nodiscard]] bool waits_for_work(const SystemCall& call, pid_t pid);

}  // namespace revenant::chaos
