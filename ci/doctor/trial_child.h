// A child process to try something on.
#pragma once

#include <sys/types.h>

#include <functional>

namespace revenant::ci {

// Waits until it is killed, which is when this is destroyed, or when its parent ends.
class TrialChild {
 public:
  TrialChild();  // std::system_error if there is no process left
  ~TrialChild() { end(); }
  TrialChild(const TrialChild&) = delete;
  TrialChild& operator=(const TrialChild&) = delete;

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  // Kills and reaps it.
  void end() noexcept;

 private:
  pid_t pid_ = -1;
};

// Runs `trial` in a child, which then exits with what it returned: 0 for success, or errno. -1 if
// there was no child or it was killed. `trial` may only do what is async-signal-safe.
[[nodiscard]] int errno_in_child(const std::function<int()>& trial);

}  // namespace revenant::ci
