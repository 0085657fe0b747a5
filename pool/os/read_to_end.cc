#include "pool/os/read_to_end.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

namespace revenant::os {

std::optional<std::string> read_to_end(int fd) {
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace revenant::os
