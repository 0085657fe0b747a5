#include "chaos/src/history_parse.h"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <limits>
#include <type_traits>
#include <utility>

namespace revenant::chaos {

static_assert(EventParser::kPadding >= simdjson::SIMDJSON_PADDING);

struct EventParser::Json {
  simdjson::dom::parser parser;
};

EventParser::EventParser() : json_(std::make_unique<Json>()) {}
EventParser::~EventParser() = default;

namespace {

namespace dom = simdjson::dom;

// Takes fields out of one object and keeps the first complaint; what could not be read stays at its
// default, and the caller asks `error` once at the end.
class Fields {
 public:
  explicit Fields(dom::object object) : object_(object) {}
  [[nodiscard]] const std::string& error() const { return error_; }

  template <typename T>
  void required(std::string_view key, T& to) {
    dom::element value;
    if (object_.at_key(key).get(value) != simdjson::SUCCESS) {
      complain(key, "is missing");
    } else if (!take(value, to)) {
      complain(key, "is not of its kind or out of range");
    }
  }
  // A field that versions before did not write: absent leaves the default.
  template <typename T>
  void later(std::string_view key, T& to) {
    dom::element value;
    if (object_.at_key(key).get(value) == simdjson::SUCCESS && !take(value, to)) {
      complain(key, "is not of its kind or out of range");
    }
  }
  template <typename T>
  void optional(std::string_view key, std::optional<T>& to) {
    dom::element value;
    to.reset();
    if (object_.at_key(key).get(value) != simdjson::SUCCESS || value.is_null()) return;
    if (!take(value, to.emplace())) complain(key, "is not of its kind or out of range");
  }

 private:
  template <typename T>
  requires std::is_integral_v<T>
  static bool take(dom::element value, T& to) {
    if constexpr (std::is_same_v<T, bool>) {
      return value.get(to) == simdjson::SUCCESS;
    } else {
      using Wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
      Wide wide = 0;
      if (value.get(wide) != simdjson::SUCCESS || !std::in_range<T>(wide)) return false;
      to = static_cast<T>(wide);
      return true;
    }
  }
  static bool take(dom::element value, std::string& to) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return false;
    to.assign(text);
    return true;
  }
  static bool take(dom::element value, char& to) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS || text.size() != 1) return false;
    to = text.front();
    return true;
  }
  static bool take(dom::element value, std::vector<pid_t>& to) {
    dom::array array;
    if (value.get(array) != simdjson::SUCCESS) return false;
    to.clear();
    for (const dom::element item : array) {
      if (!take(item, to.emplace_back())) return false;
    }
    return true;
  }
  static bool take(dom::element value, Digest& to) {
    to = {};
    if (take(value, to.number)) return to.is_number = true;
    std::string_view hash;
    if (value["bytes"].get(to.bytes) != simdjson::SUCCESS ||
        value["hash"].get(hash) != simdjson::SUCCESS || hash.size() != 16) {
      return false;
    }
    const auto read = std::from_chars(hash.data(), hash.data() + hash.size(), to.hash, 16);
    return read.ec == std::errc{} && read.ptr == hash.data() + hash.size();
  }
  template <typename Enum, std::size_t N>
  static bool take_word(dom::element value, Enum& to, const std::array<Enum, N>& all) {
    std::string_view word;
    if (value.get(word) != simdjson::SUCCESS) return false;
    for (const Enum candidate : all) {
      if (to_string(candidate) != word) continue;
      to = candidate;
      return true;
    }
    return false;
  }
  static bool take(dom::element value, Phase& to) {
    return take_word(value, to,
                     std::array{Phase::starting, Phase::chaos, Phase::calm, Phase::closing});
  }
  static bool take(dom::element value, GoneBecause& to) {
    return take_word(value, to,
                     std::array{GoneBecause::injected, GoneBecause::unexplained,
                                GoneBecause::killed_by_other, GoneBecause::closing});
  }
  static bool take(dom::element value, FaultState& to) {
    return take_word(
        value, to,
        std::array{FaultState::installed, FaultState::skipped, FaultState::indeterminate});
  }

  void complain(std::string_view key, std::string_view what) {
    if (error_.empty()) error_ = "\"" + std::string(key) + "\" " + std::string(what);
  }

  dom::object object_;
  std::string error_;
};

void read(Fields& from, RunStarted& run) {
  from.required("version", run.version);
  from.required("claim", run.claim);
  from.required("seed", run.seed);
  from.required("recover_within_ns", run.recover_within);
  from.required("stall_after_ns", run.stall_after);
  from.required("faults_min", run.faults_min);
  from.required("faults_planned", run.faults_planned);
  from.later("task_time_ns", run.task_time);
  run.executions.clear();
  from.later("executions", run.executions);
  run.without_protocol.clear();
  from.later("without_protocol", run.without_protocol);
}
void read(Fields& from, TargetStarted& target) {
  from.required("pid", target.pid);
  from.required("command", target.command);
}
void read(Fields& from, TargetReady& ready) {
  from.required("workers", ready.workers);
  from.required("name", ready.name);
}
void read(Fields& from, PhaseBegan& began) { from.required("phase", began.phase); }
void read(Fields& from, TaskSubmitted& task) {
  from.required("id", task.id);
  from.required("op", task.op);
  from.required("due", task.due);
  from.optional("want", task.want);
}
void read(Fields& from, TaskResult& result) {
  from.required("id", result.id);
  from.required("value", result.value);
  from.optional("worker", result.worker);
  from.optional("attempts", result.attempts);
}
void read(Fields& from, TaskFailed& failed) {
  from.required("id", failed.id);
  from.required("reason", failed.reason);
  from.optional("worker", failed.worker);
  from.optional("attempts", failed.attempts);
}
void read(Fields& from, UnreadableLine& unreadable) {
  from.required("line", unreadable.line);
  from.required("why", unreadable.why);
  from.required("sample", unreadable.sample);
}
void read(Fields& from, WorkerSeen& seen) {
  from.required("pid", seen.pid);
  from.required("start_time_ticks", seen.start_time_ticks);
  from.required("at", seen.at);
}
void read(Fields& from, WorkerGone& gone) {
  from.required("pid", gone.pid);
  from.required("at", gone.at);
  from.required("because", gone.because);
  from.optional("status", gone.status);
  from.optional("reaped_at", gone.reaped_at);
}
void read(Fields& from, FaultDone& fault) {
  from.required("n", fault.n);
  from.required("fault", fault.fault);
  from.required("planned", fault.planned);
  from.required("state", fault.state);
  from.required("victim", fault.victim);
  from.required("sent", fault.sent);
  from.required("seen", fault.seen);
  from.optional("ended", fault.ended);
  from.required("evidence", fault.evidence);
  fault.doing.clear();
  from.later("doing", fault.doing);
  from.optional("doing_since", fault.doing_since);
  from.optional("task", fault.task);
  from.optional("outcomes", fault.outcomes);
  from.optional("worker_number", fault.worker_number);
  fault.when.clear();
  from.later("when", fault.when);
}
void read(Fields& from, Sample& sample) {
  from.required("done", sample.done);
  from.required("outstanding", sample.outstanding);
  from.required("workers_alive", sample.workers_alive);
  from.required("descriptors", sample.descriptors);
  from.required("resident_bytes", sample.resident_bytes);
  from.optional("private_bytes", sample.private_bytes);
}
void read(Fields& from, TaskExecuted& executed) {
  from.required("id", executed.id);
  from.required("worker", executed.worker);
}
void read(Fields& from, TargetExited& exited) {
  from.optional("code", exited.code);
  from.optional("signal", exited.signal);
  from.required("injected", exited.injected);
}
void read(Fields& from, Leftover& leftover) {
  from.required("pid", leftover.pid);
  from.required("state", leftover.state);
  from.required("name", leftover.name);
  from.required("command", leftover.command);
}
void read(Fields& from, RunEnded& end) {
  from.required("why", end.why);
  from.later("interrupted", end.interrupted);
}

template <typename Kind>
void read_as(Fields& from, Happening& to) {
  // An alternative that is there already keeps its strings' memory: most lines are of two kinds.
  if (!std::holds_alternative<Kind>(to)) to.emplace<Kind>();
  read(from, std::get<Kind>(to));
}

struct Entry {
  std::string_view word;
  void (*read)(Fields&, Happening&);
};
// The commonest first.
constexpr std::array kKinds = {
    Entry{"result", read_as<TaskResult>},      Entry{"task", read_as<TaskSubmitted>},
    Entry{"sample", read_as<Sample>},          Entry{"failed", read_as<TaskFailed>},
    Entry{"fault", read_as<FaultDone>},        Entry{"worker_seen", read_as<WorkerSeen>},
    Entry{"worker_gone", read_as<WorkerGone>}, Entry{"execution", read_as<TaskExecuted>},
    Entry{"ready", read_as<TargetReady>},      Entry{"unreadable", read_as<UnreadableLine>},
    Entry{"leftover", read_as<Leftover>},      Entry{"phase", read_as<PhaseBegan>},
    Entry{"run", read_as<RunStarted>},         Entry{"target", read_as<TargetStarted>},
    Entry{"exited", read_as<TargetExited>},    Entry{"end", read_as<RunEnded>},
};
static_assert(kKinds.size() == std::variant_size_v<Happening>);

}  // namespace

EventParser::Result EventParser::parse(const char* line, std::size_t length, HistoryEvent& event) {
  dom::object object;
  const auto error = json_->parser.parse(line, length, /*realloc_if_needed=*/false).get(object);
  if (error != simdjson::SUCCESS) {
    why_ = error == simdjson::INCORRECT_TYPE
               ? "not a JSON object"
               : std::string("not JSON: ") + simdjson::error_message(error);
    return Result::damaged;
  }
  Fields fields(object);
  std::string_view word;
  if (object.at_key("e").get(word) != simdjson::SUCCESS) {
    why_ = "\"e\" is missing";
    return Result::damaged;
  }
  fields.required("t", event.t);
  for (const Entry& kind : kKinds) {
    if (kind.word != word) continue;
    kind.read(fields, event.what);
    why_ = fields.error();
    return why_.empty() ? Result::ok : Result::damaged;
  }
  why_ = "events of kind \"" + std::string(word.substr(0, 40)) + "\" are not known";
  return Result::unknown_kind;
}

}  // namespace revenant::chaos
