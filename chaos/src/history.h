// The history of a run: everything that happened, in the order in which the harness learned of it.
//
// One JSON object a line in `history.jsonl`, append-only: {"t":NANOSECONDS,"e":"KIND",…}. `t`
// counts from the start of the run on CLOCK_MONOTONIC and never decreases from line to line. What
// each kind holds is the struct below it; the field names are the JSON keys. Checkers see nothing
// but this. A history without a final `end` was cut short.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace revenant::chaos {

using Nanos = std::int64_t;
inline constexpr Nanos kMillisecond = 1'000'000;
inline constexpr Nanos kSecond = 1000 * kMillisecond;

// A value that a task has, or should have: a number, or what is kept of a string or any other JSON.
// Payloads are not kept: a run of a million tasks of 64 KiB would be 64 GiB.
struct Digest {
  bool is_number = false;
  std::uint64_t number = 0;  // where is_number; JSON: 17
  // Else the length of the value and its hash; JSON: {"bytes":64,"hash":"9f…16 hex digits"}
  std::uint64_t bytes = 0;
  std::uint64_t hash = 0;
  friend bool operator==(const Digest&, const Digest&) = default;
};

// The first line. What the checkers need of the options stands here, so that a history can be
// judged by itself.
struct RunStarted {  // "run"
  int version = 1;
  std::string claim;
  std::uint64_t seed = 0;
  Nanos recover_within = 0;  // JSON: recover_within_ns
  Nanos stall_after = 0;     // JSON: stall_after_ns
  std::uint64_t faults_min = 0;
  std::uint64_t faults_planned = 0;  // 0 where the plan is drawn as the run goes
  // How long the longest task of this run takes by itself (--op-ms), 0 for those that take no
  // time: no one is expected to answer sooner. JSON: task_time_ns
  Nanos task_time = 0;
  std::string executions = {};  // "at-most-once", "at-least-once", or empty: not checked
  // "program": the target speaks no protocol and was ended with SIGTERM; "attached": nor that, and
  // it was left running. Its tasks are probes, if there are any. Empty: it speaks the protocol.
  std::string without_protocol = {};
};
struct TargetStarted {  // "target"
  pid_t pid = -1;
  std::string command;
};
struct TargetReady {  // "ready": the first, and each later one
  std::vector<pid_t> workers;
  std::string name;
};
enum class Phase { starting, chaos, calm, closing };
struct PhaseBegan {  // "phase"
  Phase phase = Phase::starting;
};
struct TaskSubmitted {  // "task"
  std::uint64_t id = 0;
  std::string op;
  Nanos due = 0;               // when it should have been submitted (open loop); else when it was
  std::optional<Digest> want;  // none for an operation without a result (die, hang)
};
struct TaskResult {  // "result"
  std::uint64_t id = 0;
  Digest value;
  std::optional<pid_t> worker;
  std::optional<unsigned> attempts;
};
struct TaskFailed {  // "failed"
  std::uint64_t id = 0;
  std::string reason;
  std::optional<pid_t> worker;
  std::optional<unsigned> attempts;
};
struct UnreadableLine {  // "unreadable": a line of the target that is not of the protocol
  std::uint64_t line = 0;
  std::string why;
  std::string sample;  // its first bytes, made valid UTF-8
};
struct WorkerSeen {  // "worker_seen"
  pid_t pid = -1;
  std::uint64_t start_time_ticks = 0;
  Nanos at = 0;  // when it was there for the first time, as near as the harness can say
};
enum class GoneBecause { injected, unexplained, killed_by_other, closing };
struct WorkerGone {  // "worker_gone": its pidfd was readable
  pid_t pid = -1;
  Nanos at = 0;
  GoneBecause because = GoneBecause::unexplained;
  std::optional<int> status;       // as from waitpid, where the kernel tells it
  std::optional<Nanos> reaped_at;  // when it was no longer a zombie, where that was seen in time
};
enum class FaultState { installed, skipped, indeterminate };
struct FaultDone {      // "fault": one victim of one fault of the plan, once its fate is known
  std::uint64_t n = 0;  // which fault of the plan, from 0
  std::string fault;    // kill, stop, kill-all …
  Nanos planned = 0;
  FaultState state = FaultState::skipped;
  pid_t victim = -1;           // -1 where skipped
  Nanos sent = 0;              // t0
  Nanos seen = 0;              // t1: the effect was seen
  std::optional<Nanos> ended;  // stop: when SIGCONT was sent
  std::string evidence;        // "pidfd readable", "state T", or why it was skipped
  // What the victim was doing just before: "running", or the system call that it was in, as in
  // "read(3 pipe)"; and since when, where it was seen to stand still. Empty where unknown.
  std::string doing = {};
  std::optional<Nanos> doing_since = std::nullopt;
  std::optional<std::uint64_t> task = std::nullopt;  // that it had, where that is known
  // Where in the run it came, for a repetition: the outcomes before it, and the how-manieth of the
  // workers that were ever seen the victim was, from 0.
  std::optional<std::uint64_t> outcomes = std::nullopt;
  std::optional<std::uint64_t> worker_number = std::nullopt;
  std::string when = {};  // the moment, as in --at: ",when=at-write,call=3,side=leaving"
};
struct Sample {  // "sample": taken regularly, for charts and slopes
  std::uint64_t done = 0;
  std::uint64_t outstanding = 0;
  std::uint64_t workers_alive = 0;
  std::uint64_t descriptors = 0;     // of the target's main process
  std::uint64_t resident_bytes = 0;  // of the target's main process
  // What of it is neither a file's nor shared with other processes.
  std::optional<std::uint64_t> private_bytes = std::nullopt;
};
// "execution": a line of the workers' own record, read after the run; where executions are checked.
struct TaskExecuted {
  std::uint64_t id = 0;
  pid_t worker = -1;
};
struct TargetExited {  // "exited"
  std::optional<int> code;
  std::optional<int> signal;
  // By a fault, or by the harness itself when it gave up waiting: it was then still running when
  // the bound after the end of its input was over.
  bool injected = false;
};
struct Leftover {  // "leftover": of the target's tree, where nothing should be
  pid_t pid = -1;
  // Z: a zombie that its parent has not reaped for the bound; else a living orphan.
  char state = '?';
  std::string name;
  std::string command;
};
struct RunEnded {   // "end"
  std::string why;  // "all tasks done", "the target exited", "it was interrupted" …
  // The harness was told to stop, or failed itself: what is open then is nobody's fault, and the
  // run is `unknown` unless it has failed already.
  bool interrupted = false;
};

using Happening = std::variant<RunStarted, TargetStarted, TargetReady, PhaseBegan, TaskSubmitted,
                               TaskResult, TaskFailed, UnreadableLine, WorkerSeen, WorkerGone,
                               FaultDone, Sample, TaskExecuted, TargetExited, Leftover, RunEnded>;

struct HistoryEvent {
  Nanos t = 0;
  Happening what;
};

using History = std::vector<HistoryEvent>;

// The words of the file.
[[nodiscard]] std::string_view to_string(Phase phase) noexcept;
[[nodiscard]] std::string_view to_string(GoneBecause because) noexcept;
[[nodiscard]] std::string_view to_string(FaultState state) noexcept;

}  // namespace revenant::chaos
