#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "chaos/src/history_file.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kBufferBytesMax = 64 * 1024;
constexpr Nanos kFlushAfter = 50'000'000;

}  // namespace

HistoryWriter::HistoryWriter(const std::string& path) : path_(path) {
  buffer_.reserve(kBufferBytesMax + 4096);
  fd_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd_ < 0) error_ = path_ + ": cannot be created: " + std::strerror(errno);
}

HistoryWriter::~HistoryWriter() {
  flush();
  if (fd_ >= 0) ::close(fd_);
}

void HistoryWriter::append(const HistoryEvent& event) {
  if (!error_.empty()) return;
  if (event.t >= last_t_) {
    last_t_ = event.t;
    format_event(event, buffer_);
  } else {
    HistoryEvent raised = event;
    raised.t = last_t_;
    format_event(raised, buffer_);
  }
  ++events_;
  if (buffer_.size() >= kBufferBytesMax) flush();
}

void HistoryWriter::tick(Nanos now) {
  if (buffer_.empty()) {
    last_flush_ = now;
  } else if (now - last_flush_ >= kFlushAfter) {
    flush();
    last_flush_ = now;
  }
}

bool HistoryWriter::flush() {
  std::size_t written = 0;
  while (error_.empty() && written < buffer_.size()) {
    const ssize_t n = ::write(fd_, buffer_.data() + written, buffer_.size() - written);
    if (n >= 0) {
      written += static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      error_ = path_ + ": " + std::strerror(errno);
    }
  }
  buffer_.clear();
  return error_.empty();
}

}  // namespace revenant::chaos
