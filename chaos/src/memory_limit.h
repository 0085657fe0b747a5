// Takes the memory away from one process: a control group of its own, with a limit that it is over.
//
// The kernel kills it when it next needs a page. It has to do that itself: a process that touches
// nothing new lives on. One process at a time; one thread.
#pragma once

#include <sys/types.h>

#include <string>

namespace revenant::chaos {

class MemoryLimit {
 public:
  MemoryLimit() = default;
  ~MemoryLimit() { lift(); }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

  // Empty, or why no limit can be set here: no control group that may be made, or one is in force.
  [[nodiscard]] std::string impose(pid_t pid);
  // Whether the kernel has killed for want of memory in the group that is in force: its own count.
  // True where it keeps none.
  [[nodiscard]] bool has_killed() const;
  // Puts the process back where it was, if it lives, and removes the group.
  void lift();

 private:
  pid_t pid_ = -1;
  std::string group_;     // the folder of the new group; empty: no limit is in force
  std::string original_;  // where the process was
};

}  // namespace revenant::chaos
