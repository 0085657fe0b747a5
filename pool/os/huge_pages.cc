#include "pool/os/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace revenant::os {
namespace {

// Of x86-64, and of others with pages of 4 KiB. Where they are larger the kernel rounds for itself.
constexpr std::uintptr_t kHugePage = std::uintptr_t{2} << 20;

}  // namespace

void prefer_huge_pages(void* memory, std::size_t bytes) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t begin = (address + kHugePage - 1) / kHugePage * kHugePage;
  const std::uintptr_t end = (address + bytes) / kHugePage * kHugePage;
  if (end < begin + 2 * kHugePage) return;
  ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace revenant::os
