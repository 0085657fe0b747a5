// What the checkers ask of a history, but for its tasks: gathered in one pass over its events.
//
// All of this is rare beside tasks (faults, workers, phases, samples) and kept whole. It is
// gathered first, so that whoever goes through the tasks (task_account.h) knows every fault
// beforehand, also one of which the harness learned late.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "chaos/src/history.h"
#include "chaos/src/oddities.h"

namespace revenant::chaos {

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
  std::uint64_t outstanding = 0;
  std::uint64_t workers_alive = 0;
  std::uint64_t descriptors = 0;
  std::uint64_t private_bytes = 0;  // in an older history that does not say: all resident ones
};

class HistoryIndex {
 public:
  // Events in the order of the file. Those of tasks only tell the time.
  void add(const HistoryEvent& event);
  // An event of a task, of which only the time is known.
  void pass_over(Nanos t);

  RunStarted run;
  bool has_run = false;
  std::optional<TargetExited> exited;
  Nanos exited_at = 0;
  bool exited_in_closing = false;  // its input had ended before
  std::optional<RunEnded> ended;
  Nanos last_t = 0;
  std::array<std::optional<Nanos>, 4> phase_began;  // by Phase

  Oddities unreadable;
  Oddities living_leftovers;
  Oddities zombie_leftovers;

  std::deque<WorkerRecord> workers;    // in the order of the file
  std::vector<InstalledFault> faults;  // those installed, in the order of the file
  std::vector<SampleRecord> samples;   // of the chaos and the calm phase
  std::uint64_t faults_skipped = 0;
  std::uint64_t faults_indeterminate = 0;

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
  void on(const TaskSubmitted&, Nanos) {}
  void on(const TaskResult&, Nanos) {}
  void on(const TaskFailed&, Nanos) {}
  void on(const UnreadableLine& line, Nanos t);
  void on(const WorkerSeen& seen, Nanos t);
  void on(const WorkerGone& gone, Nanos t);
  void on(const FaultDone& fault, Nanos t);
  void on(const Sample& sample, Nanos t);
  void on(const TaskExecuted&, Nanos) {}
  void on(const TargetExited& target_exited, Nanos t);
  void on(const Leftover& leftover, Nanos t);
  void on(const RunEnded& run_ended, Nanos t);

  void link(std::size_t fault);

  std::unordered_map<pid_t, std::size_t> worker_of_pid_;  // the latest with this pid
};

}  // namespace revenant::chaos
