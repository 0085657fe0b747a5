// Tasks a second over a pair of stream sockets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/src/peer_process.h"
#include "pool/os/unique_fd.h"

namespace revenant::bench {

// A window of tasks, `batch` of them a system call. The child answers what it has read with one
// more; an answer is the task's first eight bytes.
class SocketPairStream {
 public:
  SocketPairStream(std::size_t payload_bytes, std::size_t batch);

  // True if `count` more tasks were answered, each with its own number; else error() says why not.
  // Whole batches are done: what is too much counts for the next call.
  [[nodiscard]] bool run(std::uint64_t count);
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

 private:
  bool send_batch();
  void echo();
  bool fail(const char* why);

  std::size_t payload_bytes_;
  std::size_t batch_;
  std::vector<std::byte> tasks_;
  std::vector<std::uint64_t> answers_;
  std::pair<os::UniqueFd, os::UniqueFd> ends_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t goal_ = 0;
  std::string error_;
  PeerProcess peer_;  // Last: it is forked when the rest is there.
};

}  // namespace revenant::bench
