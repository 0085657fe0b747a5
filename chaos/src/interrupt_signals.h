// SIGINT, SIGTERM and SIGHUP as something to wait for.
#pragma once

#include <csignal>

#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// Blocks the three signals in the calling thread (and in those that it starts afterwards) while it
// lives; those that came are then taken as handled. std::system_error (EMFILE).
class InterruptSignals {
 public:
  InterruptSignals();
  ~InterruptSignals();
  InterruptSignals(const InterruptSignals&) = delete;
  InterruptSignals& operator=(const InterruptSignals&) = delete;

  // Non-blocking; readable once one came.
  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  sigset_t before_;
  os::UniqueFd fd_;
};

}  // namespace revenant::chaos
