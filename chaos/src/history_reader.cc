#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

#include "chaos/src/history_file.h"
#include "chaos/src/history_parse.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
// The longest line that the writer makes is a `ready` with thousands of pids.
constexpr std::size_t kLineBytesMax = 16 * 1024 * 1024;
constexpr std::size_t kWarningsMax = 20;

// Of a line as format_event() writes it, if it is one of a task: {"t":17,"e":"result",…
std::optional<Nanos> time_of_a_task(std::string_view line) {
  constexpr std::string_view kTime = "{\"t\":";
  constexpr std::string_view kKind = ",\"e\":\"";
  if (!line.starts_with(kTime)) return std::nullopt;
  line.remove_prefix(kTime.size());
  Nanos t = 0;
  const auto digits = std::from_chars(line.data(), line.data() + line.size(), t);
  if (digits.ec != std::errc()) return std::nullopt;
  line.remove_prefix(static_cast<std::size_t>(digits.ptr - line.data()));
  if (!line.starts_with(kKind)) return std::nullopt;
  line.remove_prefix(kKind.size());
  for (const std::string_view kind : {"task\"", "result\"", "failed\"", "execution\""}) {
    if (line.starts_with(kind)) return t;
  }
  return std::nullopt;
}

}  // namespace

struct HistoryReader::State {
  std::string path;
  std::uint64_t lines_max = kAllLines;
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
  bool take_time(Nanos t);
  std::optional<Read> parse(const char* text, std::size_t length, HistoryEvent& event);
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
  if (line == lines_max) return false;
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

// False where it is an error.
bool HistoryReader::State::take_time(Nanos t) {
  if (t < last_t) return fail("\"t\" is earlier than in the line before");
  last_t = t;
  return true;
}

// Empty for a line that is passed over, and on an error.
std::optional<HistoryReader::Read> HistoryReader::State::parse(const char* text, std::size_t length,
                                                               HistoryEvent& event) {
  switch (parser.parse(text, length, event)) {
    case EventParser::Result::ok:
      if (take_time(event.t)) return Read::whole;
      break;
    case EventParser::Result::unknown_kind:
      if (warnings.size() < kWarningsMax) {
        warnings.push_back(path + ":" + std::to_string(line) + ": " + parser.why() +
                           "; the line was passed over");
      }
      break;
    case EventParser::Result::damaged:
      fail(parser.why() +
           "; the file was changed after it was written, or is not a history: remove what follows "
           "the line before to judge the part that is whole");
  }
  return std::nullopt;
}

HistoryReader::HistoryReader(const std::string& path, std::uint64_t lines_max)
    : state_(std::make_unique<State>()) {
  state_->path = path;
  state_->lines_max = lines_max;
  state_->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state_->fd < 0) state_->fail(std::string("cannot be opened: ") + std::strerror(errno));
}

HistoryReader::~HistoryReader() {
  if (state_->fd >= 0) ::close(state_->fd);
}

bool HistoryReader::next(HistoryEvent& event) {
  const char* text = nullptr;
  std::size_t length = 0;
  while (state_->error.empty() && state_->next_line(text, length)) {
    if (state_->parse(text, length, event)) return true;
  }
  return false;
}

std::optional<HistoryReader::Read> HistoryReader::next_but_tasks(HistoryEvent& event) {
  const char* text = nullptr;
  std::size_t length = 0;
  while (state_->error.empty() && state_->next_line(text, length)) {
    if (const auto t = time_of_a_task({text, length})) {
      if (!state_->take_time(*t)) return std::nullopt;
      event.t = *t;
      return Read::time_of_a_task;
    }
    if (const auto read = state_->parse(text, length, event)) return read;
  }
  return std::nullopt;
}

std::uint64_t HistoryReader::lines() const noexcept { return state_->line; }
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
