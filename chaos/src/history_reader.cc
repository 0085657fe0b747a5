#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "chaos/src/history_file.h"
#include "chaos/src/history_parse.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
// The longest line that the writer makes is a `ready` with thousands of pids.
constexpr std::size_t kLineBytesMax = 16 * 1024 * 1024;
constexpr std::size_t kWarningsMax = 20;

}  // namespace

struct HistoryReader::State {
  std::string path;
  int fd = -1;
  // Bytes read and not yet delivered are buffer[begin, end); kPadding bytes stand behind them.
  std::string buffer;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool at_end = false;
  std::uint64_t line = 0;
  Nanos last_t = 0;
  EventParser parser;
  std::string error;
  bool cut_in_mid_line = false;
  std::vector<std::string> warnings;

  bool fail(const std::string& what) {
    error = path + (line > 0 ? ":" + std::to_string(line) : std::string()) + ": " + what;
    return false;
  }
  bool fill();
  bool next_line(const char*& text, std::size_t& length);
};

// Reads more behind `end`; false at the end of the file and on an error.
bool HistoryReader::State::fill() {
  if (at_end || !error.empty()) return false;
  buffer.erase(0, begin);
  end -= begin;
  begin = 0;
  if (end > kLineBytesMax) {
    ++line;
    return fail("the line is longer than 16 MiB; this is not a history");
  }
  buffer.resize(end + kReadBytes + EventParser::kPadding);
  ssize_t n = 0;
  do {
    n = ::read(fd, buffer.data() + end, kReadBytes);
  } while (n < 0 && errno == EINTR);
  if (n < 0) return fail(std::strerror(errno));
  if (n == 0) at_end = true;
  end += static_cast<std::size_t>(n);
  return n > 0;
}

bool HistoryReader::State::next_line(const char*& text, std::size_t& length) {
  std::size_t searched = 0;
  for (;;) {
    const char* from = buffer.data() + begin;
    const std::size_t waiting = end - begin;
    if (const void* newline = std::memchr(from + searched, '\n', waiting - searched)) {
      text = from;
      length = static_cast<std::size_t>(static_cast<const char*>(newline) - from);
      begin += length + 1;
      ++line;
      return true;
    }
    searched = waiting;
    if (!fill()) {
      cut_in_mid_line = error.empty() && begin < end;
      return false;
    }
  }
}

HistoryReader::HistoryReader(const std::string& path) : state_(std::make_unique<State>()) {
  state_->path = path;
  state_->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state_->fd < 0) state_->fail(std::string("cannot be opened: ") + std::strerror(errno));
}

HistoryReader::~HistoryReader() {
  if (state_->fd >= 0) ::close(state_->fd);
}

bool HistoryReader::next(HistoryEvent& event) {
  State& state = *state_;
  const char* text = nullptr;
  std::size_t length = 0;
  while (state.error.empty() && state.next_line(text, length)) {
    switch (state.parser.parse(text, length, event)) {
      case EventParser::Result::ok:
        if (event.t < state.last_t) return state.fail("\"t\" is earlier than in the line before");
        state.last_t = event.t;
        return true;
      case EventParser::Result::unknown_kind:
        if (state.warnings.size() < kWarningsMax) {
          state.warnings.push_back(state.path + ":" + std::to_string(state.line) + ": " +
                                   state.parser.why() + "; the line was passed over");
        }
        break;
      case EventParser::Result::damaged:
        return state.fail(state.parser.why() +
                          "; the file was changed after it was written, or is not a history: "
                          "remove what follows the line before to judge the part that is whole");
    }
  }
  return false;
}

const std::string& HistoryReader::error() const noexcept { return state_->error; }
bool HistoryReader::cut_in_mid_line() const noexcept { return state_->cut_in_mid_line; }
const std::vector<std::string>& HistoryReader::warnings() const noexcept {
  return state_->warnings;
}

ReadHistory read_history(const std::string& path) {
  HistoryReader reader(path);
  ReadHistory read;
  HistoryEvent event;
  while (reader.next(event)) read.history.push_back(event);
  read.error = reader.error();
  read.warnings = reader.warnings();
  const bool has_end =
      !read.history.empty() && std::holds_alternative<RunEnded>(read.history.back().what);
  read.cut_short = reader.cut_in_mid_line() || !has_end;
  return read;
}

}  // namespace revenant::chaos
