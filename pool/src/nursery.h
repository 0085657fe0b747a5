// The nursery: the small process that forks the workers.
//
// fork() copies the caller's page tables, so a fork from a supervisor with gigabytes resident takes
// a hundred times as long as one from here. It has one thread, to which PR_SET_PDEATHSIG of every
// worker is tied: it ends when the supervisor does, and takes them along.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <span>

#include "pool/os/message_socket.h"
#include "pool/os/process.h"
#include "pool/src/region.h"
#include "revenant/worker.h"

namespace revenant {

// What the nursery and its workers need of the supervisor; they inherit it by fork and never write
// to it.
struct NurseryContext {
  const Region* region = nullptr;
  const WorkerFunction* function = nullptr;
  const std::function<void()>* on_worker_start = nullptr;
  const std::function<void()>* on_worker_leave = nullptr;
  std::size_t payload_bytes_max = 0;
  int wake_fd = -1;        // the supervisor's eventfd
  int supervisor_fd = -1;  // a pidfd of the supervisor
  bool tries_early_notice = false;
};

// The child's entry after fork(). `close_first` are descriptors of the supervisor that must not
// live on in its children. Ends when the supervisor's end of `socket` closes or the supervisor
// dies, whichever is first: either alone can fail to be seen (a copy of the socket in another child
// of the supervisor; a process that takes seconds to be torn down).
[[noreturn]] void nursery_main(const NurseryContext& context, os::MessageSocket socket,
                               std::span<const int> close_first) noexcept;

}  // namespace revenant
