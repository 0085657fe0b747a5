#include "bench/src/resident_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "pool/os/error.h"
#include "pool/os/proc.h"

namespace revenant::bench {

ResidentMemory::ResidentMemory(std::size_t bytes) : bytes_(bytes) {
  if (bytes == 0) return;
  data_ = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data_ == MAP_FAILED) os::throw_errno("mmap of " + std::to_string(bytes) + " bytes");
  ::madvise(data_, bytes, MADV_NOHUGEPAGE);
  // In one call: on a virtual machine a fault for each page takes twenty times as long.
  if (::madvise(data_, bytes, MADV_POPULATE_WRITE) == 0) return;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  auto* const pages = static_cast<volatile char*>(data_);
  for (std::size_t at = 0; at < bytes; at += page) pages[at] = 1;
}

ResidentMemory::~ResidentMemory() {
  if (data_ != nullptr) ::munmap(data_, bytes_);
}

bool has_memory_for(std::size_t bytes) {
  constexpr std::string_view kLabel = "MemAvailable:";
  const std::string text = os::read_small_file("/proc/meminfo").value_or("");
  const std::size_t at = text.find(kLabel);
  if (at == std::string::npos) return false;
  const auto kib = std::strtoull(text.c_str() + at + kLabel.size(), nullptr, 10);
  return kib * 1024 > bytes + bytes / 2;
}

}  // namespace revenant::bench
