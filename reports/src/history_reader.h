// The lines of a history.jsonl, one by one, as far as a report needs them.
//
// The kinds of event and their keys are fixed by the harness that writes them (reports/FORMAT.md
// says which of them are read here). Reading is streaming: memory does not grow with the file. Any
// thread; no state.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace revenant::reports {

using Nanos = std::int64_t;

struct TargetReady {
  std::string name;
};
struct PhaseBegan {
  std::string phase;
};
struct TaskSubmitted {
  std::uint64_t id = 0;
};
struct TaskResult {
  std::uint64_t id = 0;
  std::optional<std::uint64_t> attempts;
  std::optional<std::int64_t> worker;
};
struct TaskFailed {
  std::uint64_t id = 0;
  std::string reason;
};
struct UnreadableLine {
  std::uint64_t line = 0;
  std::string why;
  std::string sample;
};
struct WorkerSeen {
  std::int64_t pid = 0;
  Nanos at = 0;
};
struct WorkerGone {
  std::int64_t pid = 0;
  Nanos at = 0;
  std::optional<Nanos> reaped_at;
};
struct FaultDone {
  std::uint64_t n = 0;
  std::string fault;
  std::string state;
  Nanos planned = 0;
  std::int64_t victim = -1;
  Nanos sent = 0;
  Nanos seen = 0;
  bool is_stop = false;  // the victim went on living
  std::string doing;     // "running", or the system call that the victim was in; may be empty
};
struct Sample {
  std::uint64_t outstanding = 0;
  std::uint64_t workers_alive = 0;
};
struct TargetExited {};
struct RunEnded {
  std::string why;
};
struct OtherEvent {};

using Happening =
    std::variant<OtherEvent, TargetReady, PhaseBegan, TaskSubmitted, TaskResult, TaskFailed,
                 UnreadableLine, WorkerSeen, WorkerGone, FaultDone, Sample, TargetExited, RunEnded>;

struct HistoryEvent {
  Nanos t = 0;  // since the start of the run
  Happening what;
};

struct HistoryExtent {
  std::uint64_t events = 0;
  Nanos last = 0;
  bool complete = false;  // the last line was the run's own end
  std::string cut;        // else why reading stopped, as a sentence
};

// Calls `each` for every event in order, up to the end of the file or the first line that is not an
// event: cut in the middle, not JSON, longer than kHistoryLineBytesMax, or earlier than the line
// before it. Throws InputError only if the file cannot be opened or read.
inline constexpr std::size_t kHistoryLineBytesMax = 4u << 20;
HistoryExtent read_history(const std::filesystem::path& path,
                           const std::function<void(const HistoryEvent&)>& each);

}  // namespace revenant::reports
