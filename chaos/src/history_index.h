// What the checkers ask of a history, gathered in one pass over its events.
//
// Ten million events are ordinary, so an event leaves 48 bytes a task behind and nothing else: no
// strings, no maps of all ids. What is rare (faults, workers, second outcomes) is kept more fully,
// and what a broken target can produce without bound is counted, with the first few as examples.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "chaos/src/history.h"

namespace revenant::chaos {

inline constexpr std::size_t kExamplesMax = 10;

enum class TaskState : std::uint8_t { open, result, failed };

struct TaskRecord {
  std::uint64_t id = 0;
  Nanos submitted = 0;
  Nanos outcome_at = 0;          // of the first outcome; 0 while open
  std::uint64_t want_value = 0;  // the number, or the hash
  std::uint64_t want_bytes = 0;
  pid_t worker = -1;  // who the target says it was, if it says
  std::uint16_t attempts = 0;
  std::uint8_t op = 0;  // HistoryIndex::op_names
  TaskState state : 2 = TaskState::open;
  std::uint8_t want_number : 1 = 0;
  std::uint8_t has_want : 1 = 0;
};
static_assert(sizeof(TaskRecord) == 48);

struct WorkerRecord {
  pid_t pid = -1;
  Nanos seen_at = 0;
  std::optional<Nanos> gone_at = std::nullopt;
  GoneBecause because = GoneBecause::unexplained;
  std::optional<int> status = std::nullopt;
  std::optional<Nanos> reaped_at = std::nullopt;
  std::optional<std::size_t> killed_by = std::nullopt;  // index of the fault that ended it
  bool was_stopped = false;                             // the victim of a `stop` at some time
};

// One victim on whom a fault had its effect.
struct InstalledFault {
  std::uint64_t n = 0;
  std::string fault;
  pid_t victim = -1;
  Nanos sent = 0;
  Nanos seen = 0;
  std::optional<Nanos> ended = std::nullopt;
  [[nodiscard]] bool is_stop() const { return fault == "stop"; }
  [[nodiscard]] bool is_of_main() const { return fault == "kill-main" || fault == "kill-group"; }
  // From here on the target is expected to recover: a death was visible, a stopped one goes on,
  // processes can be started again.
  [[nodiscard]] Nanos over_at() const { return ended.value_or(seen); }
};

// The main process at one instant.
struct SampleRecord {
  Nanos t = 0;
  std::uint64_t faults = 0;  // installed until then
  std::uint64_t done = 0;
  std::uint64_t workers_alive = 0;
  std::uint64_t descriptors = 0;
  std::uint64_t resident_bytes = 0;
};

// Something that can happen without bound: counted, and the first few kept.
struct Oddity {
  std::int64_t which = 0;  // id of the task, pid or line
  Nanos t = 0;
  std::string what;  // completes "task 17 …" or "line 3 …"
};
struct Oddities {
  std::uint64_t count = 0;
  std::vector<Oddity> first;
  void add(Oddity oddity) {
    if (++count <= kExamplesMax) first.push_back(std::move(oddity));
  }
};

class HistoryIndex {
 public:
  // Events in the order of the file.
  void add(const HistoryEvent& event);

  RunStarted run;
  bool has_run = false;
  std::optional<TargetExited> exited;
  Nanos exited_at = 0;
  bool exited_in_closing = false;  // its input had ended before
  std::optional<RunEnded> ended;
  Nanos last_t = 0;
  std::array<std::optional<Nanos>, 4> phase_began;  // by Phase

  std::deque<TaskRecord> tasks;              // in the order in which they were submitted
  std::vector<std::uint32_t> outcome_order;  // indices of tasks, by their first outcome
  std::vector<std::string> op_names;
  std::uint64_t outstanding_max = 0;  // most tasks open at once
  std::uint64_t results = 0;
  std::uint64_t failed = 0;

  Oddities duplicated;  // a second result
  Oddities corrupted;   // a first result with another value than was wanted
  Oddities unexpected;  // any other outcome that should not have been
  Oddities unreadable;
  Oddities living_leftovers;
  Oddities zombie_leftovers;

  std::deque<WorkerRecord> workers;    // in the order of the file
  std::vector<InstalledFault> faults;  // those installed, in the order of the file
  std::vector<SampleRecord> samples;   // of the chaos and the calm phase
  std::unordered_map<std::uint64_t, std::uint32_t> executions;  // of each task, where recorded
  std::uint64_t faults_skipped = 0;
  std::uint64_t faults_indeterminate = 0;

  [[nodiscard]] std::uint64_t open() const { return tasks.size() - outcome_order.size(); }
  [[nodiscard]] std::optional<Nanos> began(Phase phase) const {
    return phase_began[static_cast<std::size_t>(phase)];
  }
  // Workers that ended before the end of the work.
  [[nodiscard]] std::uint64_t workers_died() const;
  // When the target had no more to expect: closing began, or it was gone, or the history ends.
  [[nodiscard]] Nanos work_ended_at() const;
  // The history was written to its end, and nobody cut the run short.
  [[nodiscard]] bool is_complete() const { return ended.has_value() && !ended->interrupted; }

 private:
  void on(const RunStarted& run_started, Nanos t);
  void on(const TargetStarted&, Nanos) {}
  void on(const TargetReady&, Nanos) {}
  void on(const PhaseBegan& phase, Nanos t);
  void on(const TaskSubmitted& task, Nanos t);
  void on(const TaskResult& result, Nanos t);
  void on(const TaskFailed& task_failed, Nanos t);
  void on(const UnreadableLine& line, Nanos t);
  void on(const WorkerSeen& seen, Nanos t);
  void on(const WorkerGone& gone, Nanos t);
  void on(const FaultDone& fault, Nanos t);
  void on(const Sample& sample, Nanos t);
  void on(const TaskExecuted& executed, Nanos t);
  void on(const TargetExited& target_exited, Nanos t);
  void on(const Leftover& leftover, Nanos t);
  void on(const RunEnded& run_ended, Nanos t);

  TaskRecord* find(std::uint64_t id);
  void settle(TaskRecord& task, TaskState state, Nanos t, std::optional<pid_t> worker,
              std::optional<unsigned> attempts);
  [[nodiscard]] std::uint8_t op_index(const std::string& op);
  void link(std::size_t fault);

  // Tasks whose index is not id minus the first id: none as long as ids are given in sequence.
  std::unordered_map<std::uint64_t, std::uint32_t> out_of_sequence_;
  std::unordered_map<pid_t, std::size_t> worker_of_pid_;  // the latest with this pid
};

}  // namespace revenant::chaos
