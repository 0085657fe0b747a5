// Memory that a process has only for its size.
#pragma once

#include <cstddef>

namespace revenant::bench {

// Private memory of the calling process, written to, in the pages of the smallest size: the most
// that there can be to copy page tables of at a fork, and to free at a death. Zero bytes: none.
class ResidentMemory {
 public:
  explicit ResidentMemory(std::size_t bytes);  // std::system_error (ENOMEM)
  ResidentMemory(const ResidentMemory&) = delete;
  ResidentMemory& operator=(const ResidentMemory&) = delete;
  ~ResidentMemory();

 private:
  void* data_ = nullptr;
  std::size_t bytes_;
};

// Whether the machine has so much memory free, and half as much again.
[[nodiscard]] bool has_memory_for(std::size_t bytes);

}  // namespace revenant::bench
