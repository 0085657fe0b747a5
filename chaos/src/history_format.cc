// The JSON of history events, written by hand: at 400,000 events a second a general serialiser
// would take most of a core. history_parse.cc is the other half; a test sends every kind through
// both.
#include <charconv>
#include <concepts>
#include <string_view>

#include "chaos/src/history_file.h"
#include "chaos/src/json_string.h"

namespace revenant::chaos {
namespace {

template <std::integral Number>
void append_number(std::string& out, Number number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

void append_hex64(std::string& out, std::uint64_t number) {
  char digits[16];
  for (int i = 15; i >= 0; --i, number >>= 4) digits[i] = "0123456789abcdef"[number & 15];
  out.append(digits, sizeof digits);
}

// Each appends `,"key":value`; an optional that is empty is absent.
void field(std::string& out, std::string_view key) {
  out += ",\"";
  out += key;
  out += "\":";
}
template <std::integral Number>
void field(std::string& out, std::string_view key, Number number) {
  field(out, key);
  if constexpr (std::same_as<Number, bool>) {
    out += number ? "true" : "false";
  } else {
    append_number(out, number);
  }
}
void field(std::string& out, std::string_view key, std::string_view text) {
  field(out, key);
  append_json_string(out, text);
}
void field(std::string& out, std::string_view key, const Digest& value) {
  field(out, key);
  if (value.is_number) return append_number(out, value.number);
  out += "{\"bytes\":";
  append_number(out, value.bytes);
  out += ",\"hash\":\"";
  append_hex64(out, value.hash);
  out += "\"}";
}
template <typename T>
void field(std::string& out, std::string_view key, const std::optional<T>& value) {
  if (value) field(out, key, *value);
}

struct FieldsOf {
  std::string& out;

  void operator()(const RunStarted& run) const {
    field(out, "version", run.version);
    field(out, "claim", run.claim);
    field(out, "seed", run.seed);
    field(out, "recover_within_ns", run.recover_within);
    field(out, "stall_after_ns", run.stall_after);
    field(out, "faults_min", run.faults_min);
    field(out, "faults_planned", run.faults_planned);
    field(out, "task_time_ns", run.task_time);
    if (!run.executions.empty()) field(out, "executions", run.executions);
    if (!run.without_protocol.empty()) field(out, "without_protocol", run.without_protocol);
  }
  void operator()(const TargetStarted& target) const {
    field(out, "pid", target.pid);
    field(out, "command", target.command);
  }
  void operator()(const TargetReady& ready) const {
    field(out, "workers");
    out += '[';
    for (std::size_t i = 0; i < ready.workers.size(); ++i) {
      if (i > 0) out += ',';
      append_number(out, ready.workers[i]);
    }
    out += ']';
    field(out, "name", ready.name);
  }
  void operator()(const PhaseBegan& began) const { field(out, "phase", to_string(began.phase)); }
  void operator()(const TaskSubmitted& task) const {
    field(out, "id", task.id);
    field(out, "op", task.op);
    field(out, "due", task.due);
    field(out, "want", task.want);
  }
  void operator()(const TaskResult& result) const {
    field(out, "id", result.id);
    field(out, "value", result.value);
    field(out, "worker", result.worker);
    field(out, "attempts", result.attempts);
  }
  void operator()(const TaskFailed& failed) const {
    field(out, "id", failed.id);
    field(out, "reason", failed.reason);
    field(out, "worker", failed.worker);
    field(out, "attempts", failed.attempts);
  }
  void operator()(const UnreadableLine& unreadable) const {
    field(out, "line", unreadable.line);
    field(out, "why", unreadable.why);
    field(out, "sample", unreadable.sample);
  }
  void operator()(const WorkerSeen& seen) const {
    field(out, "pid", seen.pid);
    field(out, "start_time_ticks", seen.start_time_ticks);
    field(out, "at", seen.at);
  }
  void operator()(const WorkerGone& gone) const {
    field(out, "pid", gone.pid);
    field(out, "at", gone.at);
    field(out, "because", to_string(gone.because));
    field(out, "status", gone.status);
    field(out, "reaped_at", gone.reaped_at);
  }
  void operator()(const FaultDone& fault) const {
    field(out, "n", fault.n);
    field(out, "fault", fault.fault);
    field(out, "planned", fault.planned);
    field(out, "state", to_string(fault.state));
    field(out, "victim", fault.victim);
    field(out, "sent", fault.sent);
    field(out, "seen", fault.seen);
    field(out, "ended", fault.ended);
    field(out, "evidence", fault.evidence);
    if (!fault.doing.empty()) field(out, "doing", fault.doing);
    field(out, "doing_since", fault.doing_since);
    field(out, "task", fault.task);
    field(out, "outcomes", fault.outcomes);
    field(out, "worker_number", fault.worker_number);
    if (!fault.when.empty()) field(out, "when", fault.when);
  }
  void operator()(const Sample& sample) const {
    field(out, "done", sample.done);
    field(out, "outstanding", sample.outstanding);
    field(out, "workers_alive", sample.workers_alive);
    field(out, "descriptors", sample.descriptors);
    field(out, "resident_bytes", sample.resident_bytes);
    field(out, "private_bytes", sample.private_bytes);
  }
  void operator()(const TaskExecuted& executed) const {
    field(out, "id", executed.id);
    field(out, "worker", executed.worker);
  }
  void operator()(const TargetExited& exited) const {
    field(out, "code", exited.code);
    field(out, "signal", exited.signal);
    field(out, "injected", exited.injected);
  }
  void operator()(const Leftover& leftover) const {
    field(out, "pid", leftover.pid);
    field(out, "state", std::string_view(&leftover.state, 1));
    field(out, "name", leftover.name);
    field(out, "command", leftover.command);
  }
  void operator()(const RunEnded& end) const {
    field(out, "why", end.why);
    field(out, "interrupted", end.interrupted);
  }
};

struct KindOf {
  std::string_view operator()(const RunStarted&) const { return "run"; }
  std::string_view operator()(const TargetStarted&) const { return "target"; }
  std::string_view operator()(const TargetReady&) const { return "ready"; }
  std::string_view operator()(const PhaseBegan&) const { return "phase"; }
  std::string_view operator()(const TaskSubmitted&) const { return "task"; }
  std::string_view operator()(const TaskResult&) const { return "result"; }
  std::string_view operator()(const TaskFailed&) const { return "failed"; }
  std::string_view operator()(const UnreadableLine&) const { return "unreadable"; }
  std::string_view operator()(const WorkerSeen&) const { return "worker_seen"; }
  std::string_view operator()(const WorkerGone&) const { return "worker_gone"; }
  std::string_view operator()(const FaultDone&) const { return "fault"; }
  std::string_view operator()(const Sample&) const { return "sample"; }
  std::string_view operator()(const TaskExecuted&) const { return "execution"; }
  std::string_view operator()(const TargetExited&) const { return "exited"; }
  std::string_view operator()(const Leftover&) const { return "leftover"; }
  std::string_view operator()(const RunEnded&) const { return "end"; }
};

}  // namespace

std::string_view to_string(Phase phase) noexcept {
  switch (phase) {
    case Phase::starting:
      return "starting";
    case Phase::chaos:
      return "chaos";
    case Phase::calm:
      return "calm";
    case Phase::closing:
      return "closing";
  }
  return "?";
}

std::string_view to_string(GoneBecause because) noexcept {
  switch (because) {
    case GoneBecause::injected:
      return "injected";
    case GoneBecause::unexplained:
      return "unexplained";
    case GoneBecause::killed_by_other:
      return "killed_by_other";
    case GoneBecause::closing:
      return "closing";
  }
  return "?";
}

std::string_view to_string(FaultState state) noexcept {
  switch (state) {
    case FaultState::installed:
      return "installed";
    case FaultState::skipped:
      return "skipped";
    case FaultState::indeterminate:
      return "indeterminate";
  }
  return "?";
}

void format_event(const HistoryEvent& event, std::string& out) {
  out += "{\"t\":";
  append_number(out, event.t);
  field(out, "e", std::visit(KindOf{}, event.what));
  std::visit(FieldsOf{out}, event.what);
  out += "}\n";
}

}  // namespace revenant::chaos
