#include "reports/src/history_reader.h"

#include <simdjson.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "reports/src/input_error.h"
#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string text_of(const object& line, const char* key) {
  std::string_view text;
  return line[key].get_string().get(text) == simdjson::SUCCESS ? plain_text(text) : std::string();
}

template <typename Number>
std::optional<Number> integer_of(const object& line, const char* key) {
  Number number{};
  return line[key].get(number) == simdjson::SUCCESS ? std::optional(number) : std::nullopt;
}

std::int64_t signed_of(const object& line, const char* key) {
  return integer_of<std::int64_t>(line, key).value_or(0);
}

std::uint64_t unsigned_of(const object& line, const char* key) {
  return integer_of<std::uint64_t>(line, key).value_or(0);
}

FaultDone fault_of(const object& line) {
  return {.n = unsigned_of(line, "n"),
          .fault = text_of(line, "fault"),
          .state = text_of(line, "state"),
          .planned = signed_of(line, "planned"),
          .victim = signed_of(line, "victim"),
          .sent = signed_of(line, "sent"),
          .seen = signed_of(line, "seen"),
          .is_stop = text_of(line, "fault") == "stop" ||
                     integer_of<std::int64_t>(line, "ended").has_value(),
          .doing = text_of(line, "doing")};
}

// Tasks and results come first: they are nearly all lines of a history.
Happening happening_of(std::string_view kind, const object& line) {
  if (kind == "result") {
    return TaskResult{unsigned_of(line, "id"), integer_of<std::uint64_t>(line, "attempts"),
                      integer_of<std::int64_t>(line, "worker")};
  }
  if (kind == "task") return TaskSubmitted{unsigned_of(line, "id")};
  if (kind == "failed") {
    return TaskFailed{unsigned_of(line, "id"), text_of(line, "reason")};
  }
  if (kind == "sample") {
    return Sample{unsigned_of(line, "outstanding"), unsigned_of(line, "workers_alive")};
  }
  if (kind == "worker_seen") return WorkerSeen{signed_of(line, "pid"), signed_of(line, "at")};
  if (kind == "worker_gone") {
    return WorkerGone{signed_of(line, "pid"), signed_of(line, "at"),
                      integer_of<std::int64_t>(line, "reaped_at")};
  }
  if (kind == "fault") return fault_of(line);
  if (kind == "phase") return PhaseBegan{text_of(line, "phase")};
  if (kind == "ready") return TargetReady{text_of(line, "name")};
  if (kind == "unreadable") {
    return UnreadableLine{unsigned_of(line, "line"), text_of(line, "why"), text_of(line, "sample")};
  }
  if (kind == "exited") return TargetExited{};
  if (kind == "end") return RunEnded{text_of(line, "why")};
  return OtherEvent{};
}

// A run of 292 years would be the longest; a time beyond half of that is damage.
constexpr Nanos kTimeMax = Nanos{1} << 62;

class HistoryParser {
 public:
  explicit HistoryParser(const std::function<void(const HistoryEvent&)>& each) : each_(each) {}

  // `line` has simdjson's padding behind it. False if it is not an event: then nothing was called.
  bool take(std::string_view line) {
    object fields;
    if (parser_.parse(line.data(), line.size(), /*realloc_if_needed=*/false).get(fields) !=
        simdjson::SUCCESS) {
      return stop("is not a JSON object");
    }
    std::string_view kind;
    const auto t = integer_of<std::int64_t>(fields, "t");
    if (!t || fields["e"].get_string().get(kind) != simdjson::SUCCESS) {
      return stop("has no time \"t\" or no kind \"e\"");
    }
    if (*t < extent_.last) return stop("is earlier than the line before it");
    if (*t > kTimeMax) return stop("has an impossible time");
    extent_.last = *t;
    extent_.complete = kind == "end";
    ++extent_.events;
    each_({*t, happening_of(kind, fields)});
    return true;
  }

  bool stop(const std::string& why) {
    extent_.cut = "The history is cut: line " + std::to_string(extent_.events + 1) + " " + why +
                  ". What stands before it is shown.";
    extent_.complete = false;
    return false;
  }

  HistoryExtent finish() {
    if (extent_.cut.empty() && !extent_.complete) {
      extent_.cut = "The history is cut: it stops after line " + std::to_string(extent_.events) +
                    " without the run's end. What stands before it is shown.";
    }
    return extent_;
  }

 private:
  const std::function<void(const HistoryEvent&)>& each_;
  simdjson::dom::parser parser_;
  HistoryExtent extent_;
};

// Feeds whole lines of `file` to `parser` from one buffer, which grows to the longest line and no
// further than kHistoryLineBytesMax.
void feed_lines(std::ifstream& file, const std::string& name, HistoryParser& parser) {
  std::size_t room = 1u << 17;
  std::string buffer(room + simdjson::SIMDJSON_PADDING, '\0');
  std::size_t filled = 0;
  for (;;) {
    file.read(buffer.data() + filled, static_cast<std::streamsize>(room - filled));
    if (file.bad()) throw InputError(name, "cannot be read: it fails in the middle");
    filled += static_cast<std::size_t>(file.gcount());
    std::string_view rest(buffer.data(), filled);
    for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
      if (end > 0 && !parser.take(rest.substr(0, end))) return;
      rest.remove_prefix(end + 1);
    }
    if (file.eof()) {
      // A last line without its line feed is whole if it parses: an object ends with its brace.
      if (!rest.empty()) parser.take(rest);
      return;
    }
    filled = rest.size();
    std::memmove(buffer.data(), rest.data(), filled);
    if (filled < room) continue;
    if (room == kHistoryLineBytesMax) {
      parser.stop("is longer than " + std::to_string(kHistoryLineBytesMax >> 20) + " MiB");
      return;
    }
    room *= 2;
    buffer.resize(room + simdjson::SIMDJSON_PADDING);
  }
}

}  // namespace

HistoryExtent read_history(const std::filesystem::path& path,
                           const std::function<void(const HistoryEvent&)>& each) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw InputError(path.string(), "cannot be read: " + std::generic_category().message(errno));
  }
  HistoryParser parser(each);
  feed_lines(file, path.string(), parser);
  return parser.finish();
}

}  // namespace revenant::reports
