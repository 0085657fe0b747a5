// Replaces the program's `operator new`: the only way to see every allocation of C++ code without a
// tool. Costs one load and a branch where nobody counts.
#include "bench/src/counts/heap_allocations.h"

#include <cstdlib>
#include <new>

namespace revenant::bench {
namespace {

std::atomic<AllocationCount*> count_in{nullptr};

}  // namespace

void count_allocations_in(AllocationCount* count) noexcept { count_in.store(count); }

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

bool allocations_are_counted() noexcept { return false; }

}  // namespace revenant::bench

#else

bool allocations_are_counted() noexcept { return true; }

}  // namespace revenant::bench

namespace {

void* counted(void* memory) {
  using revenant::bench::count_in;
  if (auto* const count = count_in.load(std::memory_order_relaxed)) {
    count->fetch_add(1, std::memory_order_relaxed);
  }
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// The others (arrays, without exceptions) call these two.
void* operator new(std::size_t bytes) { return counted(std::malloc(bytes == 0 ? 1 : bytes)); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  const auto align = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(align, (bytes + align - 1) / align * align));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
