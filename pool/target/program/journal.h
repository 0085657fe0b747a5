// What a bundle's tasks have come to, in memory that outlives whoever writes it.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "pool/os/shared_region.h"

namespace revenant::target {

enum class ReplyKind : std::uint32_t {
  value,      // the text is the JSON of the result
  error,      // the text says why there is none
  elsewhere,  // answered, but the journal had no room: the text is in what the relay returned
};

// A reply to one task of a bundle.
struct Reply {
  std::uint32_t index = 0;  // of the task in its bundle
  ReplyKind kind = ReplyKind::value;
  std::string_view text;
};

// Appends a reply to `bytes`, or reads all that there are. Readers believe no length: what does not
// fit ends the reading.
void append_reply(std::string& bytes, const Reply& reply);
void for_each_reply(std::string_view bytes, const std::function<void(const Reply&)>& use);

// One bundle's journal. The supervisor clears it before it submits the bundle; from then on one
// relay writes, and the supervisor reads once the bundle has its outcome, that is, when the relay
// is done with it or dead.
class Journal {
 public:
  static constexpr std::size_t kBytes = std::size_t{64} << 10;

  struct Header {
    std::atomic<std::uint32_t> sent;     // tasks of the bundle that the program may have seen
    std::atomic<std::uint32_t> written;  // bytes of replies
    std::atomic<pid_t> program;
    std::atomic<std::int64_t> took_ns;  // from the first message to the last reply
  };
  static_assert(std::atomic<std::uint32_t>::is_always_lock_free);

  explicit Journal(std::byte* memory) noexcept : memory_(memory) {}

  void clear() noexcept;
  [[nodiscard]] Header& header() const noexcept { return *reinterpret_cast<Header*>(memory_); }

  // False if there is no room; an `elsewhere` always finds some.
  [[nodiscard]] bool append(const Reply& reply) noexcept;
  [[nodiscard]] std::string_view replies() const noexcept;

 private:
  std::byte* memory_;
};

// The journals of all bundles that may be open at a time. To be made before the pool is, so that
// the workers share them.
class Journals {
 public:
  explicit Journals(std::size_t count) : region_(count * Journal::kBytes) {}
  [[nodiscard]] Journal at(std::size_t index) const noexcept {
    return Journal(region_.data() + index * Journal::kBytes);
  }

 private:
  os::SharedRegion region_;
};

}  // namespace revenant::target
