// The moment of a finding: the seconds around the fault that its first examples point to, with the
// workers and the tasks that had a part in it.
//
// Nothing is judged here: which tasks and workers a finding is about, verdict.json says; what
// became of them is looked up in the history. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "reports/src/history_reader.h"
#include "reports/src/verdict_file.h"

namespace revenant::reports {

struct WorkerInMoment {
  std::int64_t pid = 0;
  Nanos seen_at = 0;
  std::optional<Nanos> gone_at = {};
};

struct TaskInMoment {
  std::uint64_t id = 0;
  Nanos given_at = 0;
  std::optional<Nanos> answered_at = {};
  bool failed = false;
  std::string reason = {};                  // of a failure
  std::optional<std::int64_t> worker = {};  // that answered
  std::optional<std::uint64_t> attempts = {};
};

// Of the target's standard output, that was not of the protocol.
struct LineInMoment {
  std::uint64_t line = 0;
  Nanos at = 0;
};

struct Moment {
  std::size_t finding = 0;  // its place in the verdict
  std::string kind = {};
  Nanos from = 0;
  Nanos to = 0;
  std::optional<FaultDone> fault = {};           // that the finding is about
  std::optional<WorkerInMoment> successor = {};  // the first worker seen after the fault was sent
  std::vector<WorkerInMoment> workers = {};  // the victim first, then those who came, then others
  std::vector<TaskInMoment> tasks = {};
  std::optional<LineInMoment> line = {};
  std::vector<FaultDone> faults = {};  // all that were installed from `from` to `to`
};

// A line of what happened, in order.
struct MomentLine {
  Nanos at = 0;
  std::string text = {};    // plain, not escaped
  bool to_the_end = false;  // something that did not happen until the end of the run
};
std::vector<MomentLine> lines_of(const Moment& moment);

// Watches a history for what the findings of its verdict are about. Memory grows with workers and
// faults (kKillsMax and kWorkersMax of deaths.h), not with tasks.
class MomentWatch {
 public:
  explicit MomentWatch(const Verdict& verdict);
  void take(const HistoryEvent& event);
  // Of the first kMomentsMax findings that name something the history knows.
  [[nodiscard]] std::vector<Moment> moments() const;

 private:
  [[nodiscard]] std::optional<Moment> moment_of(std::size_t which) const;
  void find_fault(const Finding& finding, Moment& moment) const;
  void find_workers(const Finding& finding, Moment& moment) const;
  [[nodiscard]] const WorkerInMoment* worker(std::int64_t pid, Nanos before) const;

  const Verdict& verdict_;
  std::unordered_map<std::uint64_t, std::optional<TaskInMoment>> tasks_;  // the examples' alone
  std::unordered_map<std::uint64_t, std::optional<Nanos>> lines_;         // the same
  std::vector<WorkerInMoment> workers_;
  std::vector<FaultDone> faults_;  // installed
  std::optional<Nanos> exited_at_;
};

inline constexpr std::size_t kMomentsMax = 6;
inline constexpr std::size_t kTasksInMomentMax = 4;
inline constexpr std::size_t kWorkersInMomentMax = 6;

}  // namespace revenant::reports
