#include "pool/src/streaming.h"

#include <ctime>

#include "pool/os/membarrier.h"

namespace revenant {

Streaming::Streaming(std::atomic<std::uint32_t>& word) noexcept
    : word_(word), possible_(os::can_fence_processes()) {}

void Streaming::begin(Word word) noexcept {
  on_ = true;
  // Who sees it late fences or rings for nothing.
  word_.store(word, std::memory_order_relaxed);
}

void Streaming::end() noexcept {
  since_sleep_ = 0;
  if (!on_) return;
  on_ = false;
  word_.store(kOff, std::memory_order_relaxed);
  if (os::fence_processes()) return;
  // Refused since we asked, by a system call filter that the caller's program has installed. Stores
  // leave a processor by themselves within much less than this.
  possible_ = false;
  const timespec millisecond{0, 1'000'000};
  ::nanosleep(&millisecond, nullptr);
}

}  // namespace revenant
