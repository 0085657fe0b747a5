#include "pool/src/mailbox.h"

#include <unistd.h>

namespace revenant {
namespace {

std::size_t round_to_pages(std::size_t bytes) noexcept {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

}  // namespace

std::size_t Mailbox::task_ring_bytes(std::size_t ring_bytes) noexcept {
  return round_to_pages(ring_bytes);
}

std::size_t Mailbox::bytes(std::size_t ring_bytes) noexcept {
  return task_ring_bytes(ring_bytes) + round_to_pages(sizeof(MailboxControl) + ring_bytes);
}

bool Mailbox::prepare(std::uint32_t generation) const noexcept {
  MailboxControl& shared = control();
  if (!shared.lock.reset()) return false;
  shared.ready_generation.store(0, std::memory_order_relaxed);
  shared.leave.store(Leave::no, std::memory_order_relaxed);
  shared.bell.reset();
  shared.started.reset();
  for (RingIndices* indices : {&shared.tasks, &shared.results}) {
    indices->written.store(0, std::memory_order_relaxed);
    indices->read.store(0, std::memory_order_relaxed);
  }
  // Last, and with release: whoever claims the slot sees it empty.
  shared.life.offer(generation);
  return true;
}

}  // namespace revenant
