// Payloads a second between two processes, copied through a bare ring of bounded size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/src/peer_process.h"
#include "pool/os/shared_region.h"

namespace revenant::bench {

// What a pool's payload costs at least that neither stays in the ring nor fits into it: it is
// copied in at one end and out at the other, in pieces that let both ends work at once. The ring is
// as large as one of the pool's and stays in the cache; one that held every payload whole would
// not, and was slower.
class RingPairCopy {
 public:
  explicit RingPairCopy(std::size_t payload_bytes);  // at least eight

  // True if `count` more payloads were answered, each with its own number; else error() says why
  // not. What is answered too much counts for the next call.
  [[nodiscard]] bool run(std::uint64_t count);
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

 private:
  struct Indices;

  bool send();
  [[noreturn]] void echo();
  bool fail(const char* why);

  std::vector<std::byte> payload_;
  std::vector<std::byte> copy_;  // the child's
  os::SharedRegion region_;
  Indices* indices_;
  std::byte* ring_;
  std::uint64_t written_ = 0;    // bytes
  std::uint64_t read_seen_ = 0;  // of them read by the child, when it was last looked at
  std::uint64_t begun_ = 0;      // payloads
  std::size_t left_ = 0;         // bytes of the one that is on its way
  std::uint64_t received_ = 0;
  std::uint64_t goal_ = 0;
  std::uint64_t yields_ = 0;
  std::string error_;
  PeerProcess peer_;  // Last: it is forked when the rest is there.
};

}  // namespace revenant::bench
