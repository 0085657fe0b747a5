// Waits for a process to start another, and has that one stopped before its first instruction.
//
// With ptrace, on every thread of the parent: whichever of them forks. The calling thread is the
// tracer, and nothing here waits. The parent runs at its own speed, but for a stop at each fork.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace revenant::chaos {

class BirthWatch {
 public:
  BirthWatch() = default;
  ~BirthWatch() { let_go(); }
  BirthWatch(const BirthWatch&) = delete;
  BirthWatch& operator=(const BirthWatch&) = delete;

  // Empty, or why the parent may not be traced.
  [[nodiscard]] std::string seize(pid_t parent);

  // The first process that was born since then: it is traced by this thread, and stops by itself.
  // From then on the parent's threads are let go one by one, as they stop.
  [[nodiscard]] std::optional<pid_t> look();

  [[nodiscard]] bool is_active() const noexcept { return !threads_.empty(); }
  void let_go();

 private:
  void take_stop(pid_t thread, int status);

  std::vector<pid_t> threads_;
  bool letting_go_ = false;
  std::optional<pid_t> born_;
};

}  // namespace revenant::chaos
