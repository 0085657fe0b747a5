// SIGINT, SIGTERM and SIGHUP as something to wait for; and SIGALRM, as the end of a time.
#pragma once

#include <chrono>
#include <csignal>

#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// Blocks these signals in the calling thread (and in those that it starts afterwards) while it
// lives; those that came are then taken as handled. std::system_error (EMFILE).
class InterruptSignals {
 public:
  // As if one had come, once so much time has gone by; 0: never. The process has one such alarm.
  explicit InterruptSignals(std::chrono::milliseconds end_after = {});
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
