#include "chaos/src/target_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "chaos/src/protocol_message.h"
#include "pool/os/error.h"

namespace revenant::chaos {
namespace {

// False if not all of it could be written: a log that is cut short is no reason to end a run.
bool write_all(int fd, const char* bytes, std::size_t count) noexcept {
  while (count > 0) {
    const ssize_t wrote = ::write(fd, bytes, count);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes += wrote;
    count -= static_cast<std::size_t>(wrote);
  }
  return true;
}

}  // namespace

TargetLog::TargetLog(os::UniqueFd pipe, const std::string& path)
    : pipe_(std::move(pipe)),
      file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
  if (!file_) os::throw_errno(path);
}

TargetLog::~TargetLog() {
  if (kept_ == seen_) return;
  const std::string note =
      "\n[revenant: " + std::to_string(seen_ - kept_) + " more bytes were not kept]\n";
  static_cast<void>(write_all(file_.get(), note.data(), note.size()));
}

bool TargetLog::drain() noexcept {
  std::array<char, 65536> buffer;
  const ssize_t got = ::read(pipe_.get(), buffer.data(), buffer.size());
  if (got > 0) {
    keep(buffer.data(), static_cast<std::size_t>(got));
    return true;
  }
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  pipe_.reset();
  return false;
}

void TargetLog::keep(const char* bytes, std::size_t count) noexcept {
  seen_ += count;
  tail_.append(bytes + count - std::min(count, kTailBytes), std::min(count, kTailBytes));
  if (tail_.size() > kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
  const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(count, kBytesMax - kept_));
  if (room > 0 && write_all(file_.get(), bytes, room)) kept_ += room;
}

std::string TargetLog::last_words() const {
  std::string words;
  std::string_view left = tail_;
  while (!left.empty()) {
    const auto newline = left.find('\n');
    words += sample_of(left.substr(0, newline));
    if (newline == std::string_view::npos) break;
    words += '\n';
    left.remove_prefix(newline + 1);
  }
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words;
}

}  // namespace revenant::chaos
