#include "pool/os/shared_region.h"

#include <sys/mman.h>

#include <string>

#include "pool/os/error.h"

namespace revenant::os {

SharedRegion::SharedRegion(std::size_t bytes) : bytes_(bytes) {
  void* const address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (address == MAP_FAILED) {
    throw_errno("mmap of a shared region of " + std::to_string(bytes) + " bytes");
  }
  data_ = static_cast<std::byte*>(address);
}

SharedRegion::~SharedRegion() {
  if (data_ != nullptr) ::munmap(data_, bytes_);
}

}  // namespace revenant::os
