// One anonymous mapping that a process shares with the processes it forks.
#pragma once

#include <cstddef>
#include <utility>

namespace revenant::os {

// Zero-filled and page-aligned; pages cost memory once touched. The mapping is at the same address
// in every process that was forked while it existed, and lives until the last of them unmaps it or
// ends: a process that dies takes nothing of it along.
class SharedRegion {
 public:
  SharedRegion() noexcept = default;
  explicit SharedRegion(std::size_t bytes);  // std::system_error (ENOMEM)
  SharedRegion(SharedRegion&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  SharedRegion& operator=(SharedRegion&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  SharedRegion(const SharedRegion&) = delete;
  SharedRegion& operator=(const SharedRegion&) = delete;
  ~SharedRegion();

  [[nodiscard]] std::byte* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace revenant::os
