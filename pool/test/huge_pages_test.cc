// The hint reaches the whole huge pages of the memory that was named, and nothing beside them.
#include "pool/os/huge_pages.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

namespace revenant::test {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

// The flags of the mapping that `address` lies in (proc(5), smaps); "hg" is the hint.
std::string flags_of(const char* address) {
  std::ifstream smaps("/proc/self/smaps");
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  bool found = false;
  for (std::string line; std::getline(smaps, line);) {
    std::uintptr_t from = 0, to = 0;
    char dash = 0;
    std::istringstream range(line);
    if (range >> std::hex >> from >> dash >> to && dash == '-')
      found = from <= wanted && wanted < to;
    if (found && line.starts_with("VmFlags:")) return line + " ";
  }
  return {};
}

bool is_hinted(const char* address) { return flags_of(address).find(" hg ") != std::string::npos; }

TEST(HugePages, AreAskedForWithinTheMemoryAlone) {
  const std::size_t bytes = 16 * kMiB;
  void* const memory =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  char* const begin = static_cast<char*>(memory);
  if (::madvise(begin, 2 * kMiB, MADV_NOHUGEPAGE) != 0) GTEST_SKIP() << "no huge pages here";

  os::prefer_huge_pages(begin + 3 * kMiB, 2 * kMiB);  // not two whole ones
  EXPECT_FALSE(is_hinted(begin + 4 * kMiB));

  os::prefer_huge_pages(begin + 3 * kMiB, 10 * kMiB);
  EXPECT_TRUE(is_hinted(begin + 8 * kMiB));
  EXPECT_FALSE(is_hinted(begin + 3 * kMiB - 1));
  EXPECT_FALSE(is_hinted(begin + 13 * kMiB));
  ::munmap(memory, bytes);
}

}  // namespace
}  // namespace revenant::test
