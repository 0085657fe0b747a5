// A connected pair of stream sockets between a benchmark and its peer.
#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include "pool/os/unique_fd.h"

namespace revenant::bench {

// Blocking and close-on-exec. std::system_error (EMFILE).
[[nodiscard]] std::pair<os::UniqueFd, os::UniqueFd> make_stream_pair();

// All of it; false if the peer is gone. No SIGPIPE.
[[nodiscard]] bool write_all(int fd, std::span<const std::byte> bytes) noexcept;
[[nodiscard]] bool read_all(int fd, std::span<std::byte> bytes) noexcept;

}  // namespace revenant::bench
