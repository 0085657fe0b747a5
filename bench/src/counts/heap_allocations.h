// How often `operator new` is called, in this process and in those that it forks.
#pragma once

#include <atomic>
#include <cstdint>

namespace revenant::bench {

using AllocationCount = std::atomic<std::uint64_t>;

// From now on the calling process, and what it forks later, counts there: all of its threads. The
// word may lie in shared memory, and must outlive every process that counts in it. Null: nowhere.
void count_allocations_in(AllocationCount* count) noexcept;

// False in a build with a sanitizer, which has an `operator new` of its own.
[[nodiscard]] bool allocations_are_counted() noexcept;

}  // namespace revenant::bench
