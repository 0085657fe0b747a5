#include "pool/target/program/journal.h"

#include <algorithm>
#include <cstring>

#include "pool/target/program/bundle.h"

namespace revenant::target {
namespace {

struct ReplyHeader {
  std::uint32_t index;
  ReplyKind kind;
  std::uint32_t bytes;
};

constexpr std::size_t kHeaderBytes = 64;
static_assert(sizeof(Journal::Header) <= kHeaderBytes);
constexpr std::size_t kRoom = Journal::kBytes - kHeaderBytes;
// Kept free, so that for each task at least the fact of its answer finds a place.
constexpr std::size_t kReserved = kBundleTasksMax * sizeof(ReplyHeader);

}  // namespace

void append_reply(std::string& bytes, const Reply& reply) {
  const ReplyHeader header{reply.index, reply.kind, static_cast<std::uint32_t>(reply.text.size())};
  bytes.append(reinterpret_cast<const char*>(&header), sizeof header).append(reply.text);
}

void for_each_reply(std::string_view bytes, const std::function<void(const Reply&)>& use) {
  ReplyHeader header{};
  while (bytes.size() >= sizeof header) {
    std::memcpy(&header, bytes.data(), sizeof header);
    bytes.remove_prefix(sizeof header);
    if (header.bytes > bytes.size()) return;
    use({header.index, header.kind, bytes.substr(0, header.bytes)});
    bytes.remove_prefix(header.bytes);
  }
}

void Journal::clear() noexcept {
  header().sent.store(0, std::memory_order_relaxed);
  header().written.store(0, std::memory_order_relaxed);
  header().program.store(-1, std::memory_order_relaxed);
  header().took_ns.store(0, std::memory_order_relaxed);
}

bool Journal::append(const Reply& reply) noexcept {
  const std::uint32_t written = header().written.load(std::memory_order_relaxed);
  const ReplyHeader entry{reply.index, reply.kind, static_cast<std::uint32_t>(reply.text.size())};
  const std::size_t room = reply.kind == ReplyKind::elsewhere ? kRoom : kRoom - kReserved;
  if (written + sizeof entry + reply.text.size() > room) return false;
  std::byte* const at = memory_ + kHeaderBytes + written;
  std::memcpy(at, &entry, sizeof entry);
  reply.text.copy(reinterpret_cast<char*>(at + sizeof entry), reply.text.size());  // may be empty
  // If we die before this store the reply never was, and its task is run again; after it the reply
  // is whole, and is delivered. ProgramPool.*WhicheverProcessDies kills there.
  header().written.store(static_cast<std::uint32_t>(written + sizeof entry + reply.text.size()),
                         std::memory_order_release);
  return true;
}

std::string_view Journal::replies() const noexcept {
  const std::size_t written = header().written.load(std::memory_order_acquire);
  return {reinterpret_cast<const char*>(memory_ + kHeaderBytes), std::min(written, kRoom)};
}

}  // namespace revenant::target
