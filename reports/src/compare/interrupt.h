// SIGINT, SIGTERM and SIGHUP as something to poll for instead of the end of the program.
//
// One at a time, in a program with one thread. The mask of before comes back with the destructor.
#pragma once

#include <signal.h>

namespace revenant::reports::compare {

class Interrupt {
 public:
  // Throws std::system_error.
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();
  [[nodiscard]] int fd() const { return fd_; }  // readable once one has come
  [[nodiscard]] bool has_come() const;
  [[nodiscard]] const sigset_t& mask_before() const { return before_; }

 private:
  sigset_t before_{};
  int fd_ = -1;
};

}  // namespace revenant::reports::compare
