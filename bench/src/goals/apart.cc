#include "bench/src/goals/apart.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "bench/src/goals/goals_json.h"
#include "bench/src/peer_process.h"
#include "pool/os/error.h"
#include "pool/os/unique_fd.h"

namespace revenant::bench::goals {
namespace {

std::pair<os::UniqueFd, os::UniqueFd> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) os::throw_errno("pipe for a measurement's rows");
  return {os::UniqueFd(ends[0]), os::UniqueFd(ends[1])};
}

// A reader that is gone needs nothing more.
void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t bytes = ::read(fd, buffer.data(), buffer.size());
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(bytes));
  }
}

}  // namespace

Rows measure_apart(const std::function<Rows()>& measure) {
  auto [mine, its] = make_pipe();
  PeerProcess child([&] {
    mine.reset();
    write_all(its.get(), rows_as_text(measure()));
  });
  its.reset();
  const auto rows = rows_from_text(read_all(mine.get()));
  if (!rows) throw std::runtime_error("the process that measured it died");
  return *rows;
}

}  // namespace revenant::bench::goals
