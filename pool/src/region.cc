#include "pool/src/region.h"

#include <sys/mman.h>
#include <unistd.h>

namespace revenant {
namespace {

std::size_t header_bytes() noexcept {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (sizeof(RegionHeader) + page - 1) / page * page;
}

}  // namespace

Region::Region(std::size_t slots, std::size_t ring_bytes)
    : slots_(slots),
      ring_bytes_(ring_bytes),
      shared_(header_bytes() + slots * Mailbox::bytes(ring_bytes)) {}

Mailbox Region::mailbox(std::size_t slot) const noexcept {
  return {shared_.data() + header_bytes() + slot * Mailbox::bytes(ring_bytes_), ring_bytes_};
}

void Region::keep_only(std::size_t slot) const noexcept {
  // Failures are ignored: this is a second line of defence, not what the promise rests on.
  const std::size_t each = Mailbox::bytes(ring_bytes_);
  std::byte* const first = shared_.data() + header_bytes();
  std::byte* const mine = first + slot * each;
  std::byte* const behind = mine + each;
  if (mine != first) ::mprotect(first, static_cast<std::size_t>(mine - first), PROT_NONE);
  const std::size_t rest = (slots_ - slot - 1) * each;
  if (rest != 0) ::mprotect(behind, rest, PROT_NONE);
  ::mprotect(mailbox(slot).task_data(), Mailbox::task_ring_bytes(ring_bytes_), PROT_READ);
  ::madvise(shared_.data(), shared_.bytes(), MADV_DONTFORK);
}

}  // namespace revenant
