// What /proc tells of a process.
#include "pool/os/proc.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "pool/os/shared_region.h"

namespace revenant::os {
namespace {

constexpr std::size_t kBytes = std::size_t{16} << 20;
// The kernel counts per processor, and the test's own code may need some pages.
constexpr std::size_t kSlack = std::size_t{4} << 20;

std::uint64_t private_bytes() { return read_private_bytes(::getpid()).value_or(0); }

TEST(PrivateBytes, DoNotCountSharedPages) {
  const SharedRegion region(kBytes);
  const std::uint64_t before = private_bytes();
  ASSERT_GT(before, 0u);
  std::memset(region.data(), 1, kBytes);
  EXPECT_LT(private_bytes(), before + kSlack);
}

TEST(PrivateBytes, CountPagesThatNobodyShares) {
  const std::uint64_t before = private_bytes();
  void* const pages =
      ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(pages, MAP_FAILED);
  std::memset(pages, 1, kBytes);
  EXPECT_GT(private_bytes(), before + kBytes - kSlack);
  ::munmap(pages, kBytes);
}

TEST(PrivateBytes, OfNoProcessAreNotKnown) { EXPECT_FALSE(read_private_bytes(0)); }

}  // namespace
}  // namespace revenant::os
