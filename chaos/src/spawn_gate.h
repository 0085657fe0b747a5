// Refuses new processes to the target for a while: a seccomp filter asks here before each fork.
//
// A limit on the number of processes (RLIMIT_NPROC) would be simpler and binds nobody who runs as
// root. The filter is installed in the child before exec, inherited by all that it starts, and
// cannot be taken off; while the gate is open every question is answered with yes. Threads are not
// asked about. clone3() does not exist for the target (ENOSYS): its flags lie in memory, where a
// filter cannot look, and C libraries fall back to clone().
#pragma once

#include <cstdint>

#include "pool/os/unique_fd.h"

namespace revenant::chaos {

// In the child, between fork and exec; async-signal-safe. The descriptor on which the questions
// arrive, or -1 with errno.
[[nodiscard]] int install_spawn_filter() noexcept;

// One thread of the harness. A target that asks waits until it is answered.
class SpawnGate {
 public:
  SpawnGate() = default;
  // `questions` is the descriptor of install_spawn_filter(); empty: no filter could be installed.
  explicit SpawnGate(os::UniqueFd questions) noexcept : questions_(std::move(questions)) {}

  [[nodiscard]] bool is_installed() const noexcept { return static_cast<bool>(questions_); }
  // Readable when somebody asks; hung up when nobody is left who could.
  [[nodiscard]] int fd() const noexcept { return questions_.get(); }
  void answer_all() noexcept;

  // From now on fork fails with EAGAIN, until as many calls to open() as to shut().
  void shut() noexcept;
  // How often a process was refused since the gate was shut.
  std::uint64_t open() noexcept;

 private:
  void answer() noexcept;

  os::UniqueFd questions_;
  unsigned shut_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace revenant::chaos
